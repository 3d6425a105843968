import { useState } from 'preact/hooks';
import { clockTime, dayOf } from './format.js';
import { Menu } from './menu.js';
import { PRESETS, rangeToText, type TimeRange } from './time-range.js';

interface RangeMenuProps {
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
}

export function RangeMenu({ range, onRange }: RangeMenuProps) {
  const preset = PRESETS.find(({ range: other }) => rangeToText(other) === rangeToText(range));
  const items = PRESETS.map(({ label, range: other }) => ({
    key: label,
    label,
    isChosen: preset?.label === label,
    choose: () => onRange(other),
  }));
  const value = range.kind === 'all' ? null : (preset?.label ?? describe(range));
  return (
    <Menu label="Time" value={value} items={items}>
      <CustomRange range={range} onRange={onRange} />
    </Menu>
  );
}

function CustomRange({ range, onRange }: RangeMenuProps) {
  const now = Date.now();
  const start = range.kind === 'between' ? range : { fromMs: now - 3_600_000, toMs: now };
  const [from, setFrom] = useState(localInput(start.fromMs));
  const [to, setTo] = useState(localInput(start.toMs));
  const [fromMs, toMs] = [new Date(from).getTime(), new Date(to).getTime()];
  return (
    <form
      class="custom"
      onSubmit={event => {
        event.preventDefault();
        if (fromMs < toMs) onRange({ kind: 'between', fromMs, toMs });
      }}
    >
      <label>
        From
        <input type="datetime-local" step="1" value={from} onInput={on(setFrom)} />
      </label>
      <label>
        To
        <input type="datetime-local" step="1" value={to} onInput={on(setTo)} />
      </label>
      <button type="submit" disabled={!(fromMs < toMs)}>
        Show
      </button>
    </form>
  );
}

function on(set: (value: string) => void) {
  return (event: InputEvent) => set((event.currentTarget as HTMLInputElement).value);
}

function describe(range: TimeRange): string {
  if (range.kind === 'last') return `Last ${range.minutes} min`;
  if (range.kind === 'all') return 'All time';
  const { fromMs, toMs } = range;
  const isOneDay = dayOf(fromMs) === dayOf(toMs);
  const at = (ms: number) =>
    `${isOneDay ? '' : `${dayOf(ms).slice(5)} `}${clockTime(ms).slice(0, 8)}`;
  return `${at(fromMs)} – ${at(toMs)}`;
}

// Of the form an input of that kind takes, in this machine's time.
function localInput(ms: number): string {
  return `${dayOf(ms)}T${clockTime(ms).slice(0, 8)}`;
}
