import type { LogFields, Scope, SpanIds } from '../log-record.js';

/** Nanoseconds since the Unix epoch, as two unsigned 32-bit halves. */
export interface UnixNano {
  readonly high: number;
  readonly low: number;
}

/** A span that has ended, as plain data. */
export interface SpanRecord {
  readonly scope: Scope;
  readonly span: SpanIds;
  readonly traceState: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly isParentRemote: boolean;
  readonly name: string;
  /** As OTLP counts: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly start: UnixNano;
  readonly end: UnixNano;
  readonly attributes: LogFields;
  readonly droppedAttributes: number;
  readonly events: readonly SpanEvent[];
  readonly droppedEvents: number;
  readonly links: readonly SpanLink[];
  readonly droppedLinks: number;
  /** 0 unset, 1 ok, 2 error. */
  readonly statusCode: number;
  readonly statusMessage: string | undefined;
}

export interface SpanEvent {
  readonly name: string;
  readonly time: UnixNano;
  readonly attributes: LogFields;
  readonly droppedAttributes: number;
}

export interface SpanLink {
  readonly span: SpanIds;
  readonly isRemote: boolean;
  readonly traceState: string | undefined;
  readonly attributes: LogFields;
  readonly droppedAttributes: number;
}
