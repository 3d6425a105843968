import { useMemo } from 'preact/hooks';
import type { ViewedRecord, ViewedSpan } from '../api.js';
import { duration } from './format.js';
import { serviceColour } from './service.js';
import { levelOf } from './severity.js';
import { ShownText } from './shown-text.js';
import { type SpanRow, spanTree } from './span-tree.js';

/** More are not compared by eye. */
const MAX_SPANS = 500;
/** Lines of one span that get a mark on its bar. */
const MAX_MARKS = 40;
const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

export interface TimeSpan {
  readonly start: bigint;
  readonly end: bigint;
}

interface WaterfallProps {
  readonly spans: readonly ViewedSpan[];
  readonly records: readonly ViewedRecord[];
  readonly time: TimeSpan;
  readonly chosen: string | null;
  readonly onChoose: (spanId: string) => void;
}

export function Waterfall(props: WaterfallProps) {
  const { spans, records } = props;
  const rows = useMemo(() => spanTree(spans), [spans]);
  const bySpan = useMemo(() => recordsBySpan(records), [records]);
  return (
    <div class="waterfall">
      <Ruler time={props.time} />
      <ol aria-label="Spans">
        {rows.slice(0, MAX_SPANS).map(row => (
          <SpanBar
            key={row.span.spanId}
            row={row}
            {...props}
            records={bySpan.get(row.span.spanId) ?? []}
          />
        ))}
      </ol>
      {rows.length > MAX_SPANS && <p class="note">{rows.length - MAX_SPANS} more spans</p>}
    </div>
  );
}

function Ruler({ time: { start, end } }: { time: TimeSpan }) {
  return (
    <div class="ruler" aria-hidden="true">
      <span />
      <div>
        {[0n, 1n, 2n, 3n].map(quarter => (
          <span key={String(quarter)}>{duration(((end - start) * quarter) / 4n)}</span>
        ))}
      </div>
      <span>{duration(end - start)}</span>
    </div>
  );
}

type SpanProps = WaterfallProps & { readonly row: SpanRow };

function SpanBar(props: SpanProps) {
  const { row, chosen, onChoose } = props;
  const { span } = row;
  const isFailed = span.statusCode === 2;
  const isChosen = chosen === span.spanId;
  return (
    <li>
      <button
        type="button"
        class={`span ${isChosen ? 'selected' : ''} ${isFailed ? 'failed' : ''}`}
        aria-pressed={isChosen}
        title={`${span.name}: show the lines of this span alone`}
        onClick={() => onChoose(span.spanId)}
      >
        <SpanName row={row} />
        <Lane {...props} />
        <span class="took">
          {isFailed && <b>failed </b>}
          {duration(BigInt(span.endUnixNano) - BigInt(span.startUnixNano))}
        </span>
      </button>
    </li>
  );
}

function SpanName({ row: { span, depth } }: { row: SpanRow }) {
  return (
    <span class="span-name" style={{ paddingLeft: `${Math.min(depth, 12) * 14}px` }}>
      <i class={`dot c${serviceColour(span.service)}`} />
      <span class="span-service">
        <ShownText text={span.service ?? '–'} />
      </span>
      <ShownText text={span.name} />
      <span class="kind">{KINDS[span.kind] ?? ''}</span>
    </span>
  );
}

function Lane({ row: { span }, records, time }: SpanProps) {
  return (
    <span class="lane">
      <span class={`bar c${serviceColour(span.service)}`} style={place(span, time)} />
      {records.slice(0, MAX_MARKS).map(record => (
        <span
          key={record.id}
          class={`tick ${levelOf(record.severityNumber) ?? 'none'}`}
          style={{ left: percent(BigInt(record.timeUnixNano) - time.start, time) }}
        />
      ))}
    </span>
  );
}

function place(span: ViewedSpan, time: TimeSpan) {
  const start = BigInt(span.startUnixNano);
  return {
    left: percent(start - time.start, time),
    width: percent(BigInt(span.endUnixNano) - start, time),
  };
}

function percent(part: bigint, { start, end }: TimeSpan): string {
  const whole = Number(end - start) || 1;
  return `${Math.max(0, Math.min(100, (Number(part) / whole) * 100)).toFixed(3)}%`;
}

function recordsBySpan(records: readonly ViewedRecord[]): Map<string, ViewedRecord[]> {
  const bySpan = new Map<string, ViewedRecord[]>();
  for (const record of records) {
    if (record.spanId === null) continue;
    const list = bySpan.get(record.spanId);
    if (list) list.push(record);
    else bySpan.set(record.spanId, [record]);
  }
  return bySpan;
}
