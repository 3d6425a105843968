import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Facets } from '../api.js';
import { mistakesIn } from './filter-mistakes.js';
import { askedOf, fieldTerm, termsOf, withOnly, withoutTerm, withTerm } from './filter-terms.js';
import { count } from './format.js';
import { Icon } from './icon.js';
import { cut } from './key-fields.js';
import { Menu, type MenuItem } from './menu.js';
import { RangeMenu } from './range-menu.js';
import { LEVELS } from './severity.js';
import { ShownText } from './shown-text.js';
import type { TimeRange } from './time-range.js';

/** Typing is followed after this pause, so that each letter is not a search of its own. */
const TYPING_PAUSE_MS = 300;

interface FilterBarProps {
  readonly filter: string;
  readonly range: TimeRange;
  readonly facets: Facets | null;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string, isTyping?: boolean) => void;
  readonly onRange: (range: TimeRange) => void;
}

export function FilterBar(props: FilterBarProps) {
  const { filter, range, facets, onFilter, onRange } = props;
  const terms = termsOf(filter);
  return (
    <search class="filter-bar">
      <div class="filter-row">
        <FilterInput {...props} />
        <LevelMenu {...props} />
        <FacetMenu
          label="Service"
          name="service"
          values={facets?.services}
          {...{ filter, onFilter }}
        />
        <FacetMenu label="Pool" name="pool" values={facets?.pools} {...{ filter, onFilter }} />
        <RangeMenu range={range} onRange={onRange} />
      </div>
      {terms.length > 0 && <Chips {...{ filter, terms, onFilter }} />}
      <Mistakes filter={filter} />
    </search>
  );
}

interface ChipsProps extends Pick<FilterBarProps, 'filter' | 'onFilter'> {
  readonly terms: readonly string[];
}

function Chips({ filter, terms, onFilter }: ChipsProps) {
  return (
    <ul class="chips" aria-label="Filters">
      {terms.map(term => (
        <Chip key={term} term={term} onRemove={() => onFilter(withoutTerm(filter, term))} />
      ))}
      <li>
        <button type="button" class="chip all" onClick={() => onFilter('')}>
          Clear filter
        </button>
      </li>
    </ul>
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

function FilterInput({ filter, input, onFilter }: FilterBarProps) {
  const [typed, setTyped] = useState(filter);
  const timer = useRef(0);
  // A filter that came from elsewhere, a chip or the back button, replaces what was typed.
  useEffect(() => {
    setTyped(now => (now.trim() === filter ? now : filter));
    return () => clearTimeout(timer.current!);
  }, [filter]);
  const apply = (text: string, isTyping: boolean) => {
    clearTimeout(timer.current!);
    if (text.trim() !== filter) onFilter(text.trim(), isTyping);
  };
  return (
    <label class="filter-input">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        value={typed}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        dir="auto"
        aria-label="Filter"
        placeholder="Filter: words, job_id:abc, severity:>=warn, -service:api"
        onInput={event => {
          const text = event.currentTarget.value;
          setTyped(text);
          clearTimeout(timer.current!);
          timer.current = window.setTimeout(() => apply(text, true), TYPING_PAUSE_MS);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') apply(event.currentTarget.value, false);
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

function Chip({ term, onRemove }: { term: string; onRemove: () => void }) {
  const isExcluded = term.startsWith('-');
  return (
    <li>
      <button
        type="button"
        class={`chip ${isExcluded ? 'excluded' : ''}`}
        title="Take this out of the filter"
        aria-label={`Take out ${term}`}
        onClick={onRemove}
      >
        {isExcluded && <span class="not">not</span>}
        <ShownText text={isExcluded ? term.slice(1) : term} />
        <Icon name="close" />
      </button>
    </li>
  );
}

type AskProps = Pick<FilterBarProps, 'filter' | 'onFilter'>;

function LevelMenu({ filter, onFilter, facets }: AskProps & Pick<FilterBarProps, 'facets'>) {
  const asked = askedOf(filter, 'severity');
  const counts = new Map(facets?.severities.map(({ name, count: n }) => [name.toLowerCase(), n]));
  const items: MenuItem[] = LEVELS.map(level => ({
    key: level,
    isChosen: asked === `>=${level}`,
    label: (
      <>
        <i class={`swatch ${level}`} />
        <span class="grow">
          {level} {level !== 'fatal' && <span class="hint">and above</span>}
        </span>
        <span class="number">{count(counts.get(level) ?? 0)}</span>
      </>
    ),
    choose: isExcluded => {
      if (isExcluded) onFilter(withTerm(filter, `-severity:${level}`));
      else onFilter(withOnly(filter, 'severity', level === 'trace' ? null : `severity:>=${level}`));
    },
  }));
  return <Menu label="Level" value={asked} items={items} />;
}

interface FacetMenuProps extends AskProps {
  readonly label: string;
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly count: number }[] | undefined;
}

function FacetMenu({ label, name, values = [], filter, onFilter }: FacetMenuProps) {
  const asked = askedOf(filter, name);
  const every: MenuItem = {
    key: '',
    label: 'All',
    isChosen: asked === null,
    choose: () => onFilter(withOnly(filter, name, null)),
  };
  const items = values.map(value => ({
    key: value.name,
    isChosen: asked === value.name,
    label: (
      <>
        <span class="grow">
          <ShownText text={value.name} />
        </span>
        <span class="number">{count(value.count)}</span>
      </>
    ),
    choose: (isExcluded: boolean) => {
      const term = fieldTerm(name, value.name, isExcluded);
      onFilter(isExcluded ? withTerm(filter, term) : withOnly(filter, name, term));
    },
  }));
  return <Menu label={label} value={asked} items={values.length === 0 ? [] : [every, ...items]} />;
}
