import { termsOf, withoutTerm } from './filter-terms.js';
import { Icon } from './icon.js';
import { ShownText } from './shown-text.js';

interface FilterChipsProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** The terms of the filter, each of which a click takes out. */
export function FilterChips({ filter, onFilter }: FilterChipsProps) {
  const terms = termsOf(filter);
  if (terms.length === 0) return null;
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
