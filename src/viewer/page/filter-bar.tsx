import type { RefObject } from 'preact';
import type { Facets } from '../api.js';
import { FacetMenu, LevelMenu } from './facet-menus.js';
import { FilterChips } from './filter-chips.js';
import { FilterInput } from './filter-input.js';
import { mistakesIn } from './filter-mistakes.js';
import { cut } from './key-fields.js';
import { RangeMenu } from './range-menu.js';
import { ShownText } from './shown-text.js';
import type { TimeRange } from './time-range.js';

interface FilterBarProps {
  readonly filter: string;
  readonly range: TimeRange;
  readonly facets: Facets | null;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string, isTyping?: boolean) => void;
  readonly onRange: (range: TimeRange) => void;
}

export function FilterBar({ filter, range, facets, input, onFilter, onRange }: FilterBarProps) {
  const asking = { filter, onFilter };
  return (
    <search class="filter-bar">
      <div class="filter-row">
        <FilterInput {...asking} input={input} />
        <LevelMenu {...asking} counts={facets?.severities} />
        <FacetMenu {...asking} label="Service" name="service" values={facets?.services} />
        <FacetMenu {...asking} label="Pool" name="pool" values={facets?.pools} />
        <RangeMenu range={range} onRange={onRange} />
      </div>
      <FilterChips {...asking} />
      <Mistakes filter={filter} />
    </search>
  );
}

function Mistakes({ filter }: { filter: string }) {
  return (
    <div class="mistakes" role="status">
      {mistakesIn(filter).map(mistake => (
        <p key={mistake}>
          <ShownText text={cut(mistake, 300)} />
        </p>
      ))}
    </div>
  );
}
