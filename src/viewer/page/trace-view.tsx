import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ViewedRecord, ViewedTrace } from '../api.js';
import { CopyButton } from './copy-button.js';
import { counted, duration } from './format.js';
import { RecordList } from './record-list.js';
import { useTrace } from './use-trace.js';
import { type TimeSpan, Waterfall } from './waterfall.js';

interface TraceViewProps {
  readonly traceId: string;
  readonly selectedId: number | null;
  readonly onSelect: (record: ViewedRecord) => void;
  /** The rows j and k go through. */
  readonly onRows: (rows: readonly ViewedRecord[]) => void;
  readonly onClose: () => void;
}

export function TraceView(props: TraceViewProps) {
  const { traceId, selectedId, onSelect, onRows } = props;
  const { trace, trouble } = useTrace(traceId);
  const [spanId, setSpanId] = useState<string | null>(null);
  const rows = useMemo(
    () => trace?.records.filter(record => spanId === null || record.spanId === spanId) ?? [],
    [trace, spanId],
  );
  useEffect(() => onRows(rows), [rows]);
  const time = useMemo(() => trace && timeOf(trace), [trace]);
  return (
    <section class="trace" aria-label="Trace">
      <TraceHeader {...props} trace={trace} time={time} />
      {trouble !== null && <p class="trouble">{trouble}</p>}
      {trace && time && trace.spans.length > 0 && (
        <Waterfall
          spans={trace.spans}
          records={trace.records}
          time={time}
          chosen={spanId}
          onChoose={id => setSpanId(id === spanId ? null : id)}
        />
      )}
      {trace && time && (
        <Lines
          key={`${traceId} ${spanId}`}
          {...{ rows, selectedId, onSelect }}
          startUnixNano={String(time.start)}
          ofWhat={spanId === null ? 'trace' : 'span'}
        />
      )}
    </section>
  );
}

interface LinesProps extends Pick<TraceViewProps, 'selectedId' | 'onSelect'> {
  readonly rows: readonly ViewedRecord[];
  readonly startUnixNano: string;
  readonly ofWhat: 'trace' | 'span';
}

function Lines({ ofWhat, ...list }: LinesProps) {
  if (list.rows.length === 0) {
    const said = { trace: 'No line of this trace has arrived.', span: 'This span logged nothing.' };
    return <p class="note">{said[ofWhat]}</p>;
  }
  return (
    <RecordList
      {...list}
      shift={0}
      isFollowing={false}
      label="Lines of the trace"
      onFill={nothing}
      onLeaveEnd={nothing}
      onNearEnd={nothing}
      onReachStart={nothing}
    />
  );
}

const nothing = () => {};

type HeaderProps = TraceViewProps & { trace: ViewedTrace | null; time: TimeSpan | null };

function TraceHeader({ traceId, trace, time, onClose }: HeaderProps) {
  return (
    <header class="trace-header">
      <button type="button" class="back" onClick={onClose}>
        ← All records <kbd>Esc</kbd>
      </button>
      <h2>
        Trace <code>{traceId}</code>
        <CopyButton text={() => traceId} label="Copy the trace id" />
      </h2>
      {trace && time && (
        <p>
          {counted(trace.records.length, 'line')}
          {trace.spans.length > 0 && `, ${counted(trace.spans.length, 'span')}`} of{' '}
          {counted(servicesOf(trace), 'service')} in {duration(time.end - time.start)}
        </p>
      )}
    </header>
  );
}

function servicesOf({ records, spans }: ViewedTrace): number {
  return new Set([...records, ...spans].map(({ service }) => service)).size;
}

/** From the first line or span to the end of the last. */
function timeOf({ records, spans }: ViewedTrace): TimeSpan {
  const moments = [
    ...records.map(({ timeUnixNano }) => BigInt(timeUnixNano)),
    ...spans.flatMap(span => [BigInt(span.startUnixNano), BigInt(span.endUnixNano)]),
  ];
  let [start = 0n, end = 0n] = [moments[0], moments[0]];
  for (const moment of moments) {
    if (moment < start) start = moment;
    if (moment > end) end = moment;
  }
  return { start, end };
}
