import type { Facets } from '../api.js';
import { askedOf, fieldTerm, withOnly, withTerm } from './filter-terms.js';
import { count } from './format.js';
import { Menu, type MenuItem } from './menu.js';
import { LEVELS, type Level } from './severity.js';
import { ShownText } from './shown-text.js';

interface AskProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

interface LevelMenuProps extends AskProps {
  readonly counts: Facets['severities'] | undefined;
}

/** A level and those above it, or all but one. */
export function LevelMenu({ filter, onFilter, counts }: LevelMenuProps) {
  const asked = askedOf(filter, 'severity');
  const byLevel = new Map(counts?.map(({ name, count: n }) => [name.toLowerCase(), n]));
  const items: MenuItem[] = LEVELS.map(level => ({
    key: level,
    isChosen: asked === `>=${level}`,
    label: <LevelLabel level={level} total={byLevel.get(level) ?? 0} />,
    choose: isExcluded => {
      if (isExcluded) onFilter(withTerm(filter, `-severity:${level}`));
      else onFilter(withOnly(filter, 'severity', level === 'trace' ? null : `severity:>=${level}`));
    },
  }));
  return <Menu label="Level" value={asked} items={items} />;
}

function LevelLabel({ level, total }: { level: Level; total: number }) {
  return (
    <>
      <i class={`swatch ${level}`} />
      <span class="grow">
        {level} {level !== 'fatal' && <span class="hint">and above</span>}
      </span>
      <span class="number">{count(total)}</span>
    </>
  );
}

interface FacetMenuProps extends AskProps {
  readonly label: string;
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly count: number }[] | undefined;
}

/** One of the values that have arrived, or all but one. */
export function FacetMenu({ label, name, values = [], filter, onFilter }: FacetMenuProps) {
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
    label: <ValueLabel name={value.name} total={value.count} />,
    choose: (isExcluded: boolean) => {
      const term = fieldTerm(name, value.name, isExcluded);
      onFilter(isExcluded ? withTerm(filter, term) : withOnly(filter, name, term));
    },
  }));
  return <Menu label={label} value={asked} items={values.length === 0 ? [] : [every, ...items]} />;
}

function ValueLabel({ name, total }: { name: string; total: number }) {
  return (
    <>
      <span class="grow">
        <ShownText text={name} />
      </span>
      <span class="number">{count(total)}</span>
    </>
  );
}
