import type { Baggage, BaggageEntry, Context, Span, TraceState } from '@opentelemetry/api';
import type { SpanIds } from '../log-record.js';
import { type BaggageMember, parseMembers } from './baggage-members.js';
import type { Carrier } from './carrier.js';
import { parseTraceParent } from './trace-parent.js';

// As every 1.x api names them: see `active-span.ts`.
export const SPAN_KEY = Symbol.for('OpenTelemetry Context Key SPAN');
const BAGGAGE_KEY = Symbol.for('OpenTelemetry Baggage Key');

/** What a header may hold, and what others take: the rest is as if it had not come. */
const TRACE_STATE = /^[\t\x20-\x7e]{1,512}$/;

/** A context of OpenTelemetry with what came from another process; undefined if nothing did. */
export function remoteContext(carrier: Carrier): Context | undefined {
  const values = new Map<symbol, unknown>();
  const ids = parseTraceParent(carrier.traceparent);
  if (ids !== undefined) values.set(SPAN_KEY, remoteSpan(ids, carrier.tracestate));
  const entries = parseMembers(carrier.baggage).map(
    ({ name, value, metadata }) => [name, { value, metadata: metadataOf(metadata) }] as const,
  );
  if (entries.length > 0) values.set(BAGGAGE_KEY, new RemoteBaggage(new Map(entries)));
  return values.size > 0 ? new RemoteContext(values) : undefined;
}

/** One where nothing is going on. */
export function emptyContext(): Context {
  return new RemoteContext(new Map());
}

/** Its baggage, as it goes to another process. */
export function baggageOf(context: Context | undefined): readonly BaggageMember[] {
  const baggage = context?.getValue(BAGGAGE_KEY) as Baggage | undefined;
  const entries = baggage?.getAllEntries() ?? [];
  return entries.map(([name, { value, metadata }]) => ({
    name,
    value,
    metadata: metadata?.toString(),
  }));
}

/** What the tracing systems on the way have added to the ids. */
export function traceStateOf(context: Context | undefined): string | undefined {
  const span = context?.getValue(SPAN_KEY) as Span | undefined;
  return span?.spanContext().traceState?.serialize() || undefined;
}

function remoteSpan(ids: SpanIds, tracestate: string | undefined): Span {
  const isFit = tracestate !== undefined && TRACE_STATE.test(tracestate);
  const traceState = isFit ? opaqueState(tracestate) : undefined;
  const spanContext = { ...ids, isRemote: true, ...(traceState && { traceState }) };
  const span: Span = {
    spanContext: () => spanContext,
    setAttribute: () => span,
    setAttributes: () => span,
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus: () => span,
    updateName: () => span,
    end: () => {},
    isRecording: () => false,
    recordException: () => {},
  };
  return span;
}

// Passed on as it came: who changes it are vendors' own samplers.
function opaqueState(text: string): TraceState {
  const state: TraceState = {
    get: key => new RegExp(`(?:^|,)\\s*${key.replace(/[^\w]/g, '\\$&')}=([^,]*)`).exec(text)?.[1],
    set: (key, value) =>
      opaqueState([`${key}=${value}`, without(text, key)].filter(Boolean).join()),
    unset: key => opaqueState(without(text, key)),
    serialize: () => text,
  };
  return state;
}

function without(text: string, key: string): string {
  return text
    .split(',')
    .filter(member => member.split('=', 1)[0]!.trim() !== key)
    .join();
}

function metadataOf(text: string | undefined): BaggageEntry['metadata'] {
  return text === undefined ? undefined : ({ toString: () => text } as BaggageEntry['metadata']);
}

class RemoteContext implements Context {
  readonly #values: ReadonlyMap<symbol, unknown>;

  constructor(values: ReadonlyMap<symbol, unknown>) {
    this.#values = values;
  }

  getValue(key: symbol): unknown {
    return this.#values.get(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new RemoteContext(new Map(this.#values).set(key, value));
  }

  deleteValue(key: symbol): Context {
    const values = new Map(this.#values);
    values.delete(key);
    return new RemoteContext(values);
  }
}

class RemoteBaggage implements Baggage {
  readonly #entries: ReadonlyMap<string, BaggageEntry>;

  constructor(entries: ReadonlyMap<string, BaggageEntry>) {
    this.#entries = entries;
  }

  getEntry(name: string): BaggageEntry | undefined {
    return this.#entries.get(name);
  }

  getAllEntries(): [string, BaggageEntry][] {
    return [...this.#entries];
  }

  setEntry(name: string, entry: BaggageEntry): Baggage {
    return new RemoteBaggage(new Map(this.#entries).set(name, entry));
  }

  removeEntry(name: string): Baggage {
    return this.removeEntries(name);
  }

  removeEntries(...names: string[]): Baggage {
    return new RemoteBaggage(new Map([...this.#entries].filter(([name]) => !names.includes(name))));
  }

  clear(): Baggage {
    return new RemoteBaggage(new Map());
  }
}
