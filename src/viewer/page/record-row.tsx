import type { ViewedRecord } from '../api.js';
import { clockTime, count, dayOf, duration, fullTime, millisecondsOf } from './format.js';
import { cut, keyFields } from './key-fields.js';
import type { Gap } from './record-window.js';
import { Service } from './service.js';
import { levelOf } from './severity.js';
import { ShownText } from './shown-text.js';

export const ROW_HEIGHT = 22;
/** More would not be seen, on any screen. */
const MAX_BODY_LENGTH = 600;

interface Placed {
  readonly top: number;
  readonly index: number;
}

interface RowProps extends Placed {
  readonly record: ViewedRecord;
  readonly isSelected: boolean;
  /** In a trace, the time since its first line instead of the clock's. */
  readonly sinceNs?: bigint | undefined;
  readonly withDay: boolean;
  readonly onSelect: (record: ViewedRecord) => void;
}

export function RecordRow(props: RowProps) {
  const { record, isSelected, index, top, onSelect } = props;
  const level = levelOf(record.severityNumber);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboard.ts takes the keys of all rows
    <div
      id={`row-${record.id}`}
      class={`row ${level ?? 'none'} ${isSelected ? 'selected' : ''}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(record)}
    >
      <Time {...props} />
      <span role="gridcell" class="level">
        {shortLevel(record, level)}
      </span>
      <span role="gridcell" class="service">
        <Service name={record.service} pool={record.pool} />
      </span>
      <span role="gridcell" class="message">
        <ShownText text={cut(record.body, MAX_BODY_LENGTH)} />
      </span>
      <span role="gridcell" class="fields">
        <Fields record={record} />
      </span>
    </div>
  );
}

function Time({ record, sinceNs, withDay }: RowProps) {
  const ms = millisecondsOf(record.timeUnixNano);
  const text = sinceNs === undefined ? clockTime(ms) : `+${duration(sinceNs)}`;
  return (
    <span role="gridcell" class="time" title={fullTime(ms)}>
      {withDay && sinceNs === undefined && <span class="day">{dayOf(ms).slice(5)} </span>}
      {text}
    </span>
  );
}

function Fields({ record }: { record: ViewedRecord }) {
  return (
    <>
      {keyFields(record).map(([key, value]) => (
        <span class="field" key={key}>
          <span class="key">
            <ShownText text={key} />=
          </span>
          <ShownText text={value} />
        </span>
      ))}
    </>
  );
}

function shortLevel(record: ViewedRecord, level: string | null): string {
  return (level ?? cut(record.severityText, 5) ?? '').toUpperCase() || '–';
}

interface GapProps extends Placed {
  readonly gap: Gap;
  readonly onFill: (gap: Gap) => void;
}

export function GapRow({ gap, top, index, onFill }: GapProps) {
  return (
    <div
      class="row gap"
      role="row"
      aria-rowindex={index + 1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell">
        <button type="button" tabIndex={-1} onClick={() => onFill(gap)}>
          {count(gap.skipped)} came too fast to be shown: load them
        </button>
      </span>
    </div>
  );
}
