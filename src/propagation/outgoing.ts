import type { Context } from '@opentelemetry/api';
import type { LogContext } from '../context/log-context.js';
import { LogFields, type SpanIds } from '../log-record.js';
import { type BaggageMember, formatMembers, isMemberName } from './baggage-members.js';
import type { Carrier } from './carrier.js';
import { baggageOf, traceStateOf } from './remote-context.js';
import { formatTraceParent } from './trace-parent.js';

export interface OutgoingSources {
  readonly context: Pick<LogContext, 'bound'>;
  /** Of the program's own tracing, if it has one. May throw. */
  ownContext(): Context | undefined;
  /** The span that records made here and now would belong to. */
  activeSpan(): SpanIds | undefined;
  /** Takes secrets out, in place: what is told may be read where records may not. */
  redact?(fields: LogFields): void;
}

/** What there is to tell, and the names of those members of the baggage that are log context. */
export interface Outgoing extends Carrier {
  readonly names: readonly string[];
}

/** What another process is told of the work that goes on here and now; undefined if there is nothing. */
export function readOutgoing(sources: OutgoingSources): Outgoing | undefined {
  const { fields, trace } = sources.context.bound();
  const own = attemptContext(sources);
  const ids = sources.activeSpan();
  const members = [...baggageOf(own), ...baggageOf(trace)];
  if (ids === undefined && members.length === 0 && fields === undefined) return undefined;

  const bound = fields === undefined ? [] : membersOf(fields, sources);
  const names = bound.map(({ name }) => name);
  // Ours come first: what does not fit is left out.
  const others = members.filter(({ name }) => !names.includes(name));
  const baggage = formatMembers(distinct([...bound, ...others]));
  if (ids === undefined && baggage === '') return undefined;
  return {
    traceparent: ids && formatTraceParent(ids),
    tracestate: ids && (traceStateOf(own) ?? traceStateOf(trace)),
    baggage: baggage === '' ? undefined : baggage,
    names,
  };
}

/** That of it which may leave the process; undefined if nothing may. */
export function permitted(
  outgoing: Outgoing | undefined,
  { hasTraceContext, hasBaggage }: { hasTraceContext: boolean; hasBaggage: boolean },
): Outgoing | undefined {
  if (outgoing === undefined || (hasTraceContext && hasBaggage)) return outgoing;
  const { traceparent, tracestate, baggage, names } = outgoing;
  const isLeft = hasTraceContext ? traceparent !== undefined : hasBaggage && baggage !== undefined;
  if (!isLeft) return undefined;
  return hasTraceContext
    ? { traceparent, tracestate, baggage: undefined, names: [] }
    : { traceparent: undefined, tracestate: undefined, baggage, names };
}

function attemptContext(sources: OutgoingSources): Context | undefined {
  try {
    return sources.ownContext();
  } catch {
    // A broken context manager is the application's.
    return undefined;
  }
}

function membersOf(fields: LogFields, sources: OutgoingSources): BaggageMember[] {
  const told = new LogFields([...fields.keys], [...fields.values]);
  sources.redact?.(told);
  const members = told.keys.map((name, index) => ({ name, value: String(told.values[index]) }));
  return members.filter(({ name }) => isMemberName(name));
}

function distinct(members: readonly BaggageMember[]): BaggageMember[] {
  const byName = new Map<string, BaggageMember>();
  for (const member of members) if (!byName.has(member.name)) byName.set(member.name, member);
  return [...byName.values()];
}
