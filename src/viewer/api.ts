/**
 * What the viewer's server answers and its page asks: the one file both sides share. All under
 * `/api/`, JSON, times in nanoseconds since the epoch as decimal strings (`*_unix_nano` would not fit
 * a number) and ids in lower-case hex.
 *
 * A `filter` is what people type: words are searched in body and attribute values, all must match;
 * `"two words"` is one; `key:value` compares a field (`severity:warn`, `severity:>=warn`, `service:`,
 * `pool:`, `host:`, `scope:`, `trace:`, `span:`, or the name of any attribute, nested with dots);
 * a leading `-` excludes. Parsed by the server alone; what it does not understand is searched as text.
 *
 * GET  /api/records?filter&from&to&before&after&limit   → RecordsPage   (newest first; from/to: ms)
 * GET  /api/records/:id                                 → ViewedRecord  | 404
 * GET  /api/traces/:traceId                             → ViewedTrace
 * GET  /api/histogram?filter&from&to&buckets            → Histogram
 * GET  /api/call-sites?filter&from&to&limit             → CallSite[]    (noisiest first)
 * GET  /api/facets                                      → Facets
 * GET  /api/status                                      → Status
 * GET  /api/live?filter                                 → text/event-stream: `records` (LiveBatch), `cleared`
 * GET  /api/export?filter&from&to                       → application/x-ndjson, a ViewedRecord a line, oldest first
 * POST /api/clear                                       → 204 (needs the header `x-otel-register-view: 1`)
 */
export interface ViewedRecord {
  /** Grows with arrival; the cursor of `before` and `after`. */
  readonly id: number;
  readonly timeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  /** At most 8 KiB of UTF-16 units in lists; whole at `/api/records/:id`. */
  readonly body: string;
  readonly bodyIsCut: boolean;
  readonly service: string | null;
  readonly pool: string | null;
  readonly host: string | null;
  readonly scope: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Only at `/api/records/:id` and in exports. */
  readonly resource?: Readonly<Record<string, AttributeValue>>;
}

export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export interface RecordsPage {
  readonly records: readonly ViewedRecord[];
  /** Of `after` alone come the oldest that are newer; whether there are more of them behind these.
   * Of all else come the newest; whether there are more that are older than the last of these. */
  readonly hasMore: boolean;
}

export interface ViewedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** SpanKind of OTLP: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startUnixNano: string;
  readonly endUnixNano: string;
  /** 0 unset, 1 ok, 2 error. */
  readonly statusCode: number;
  readonly service: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface ViewedTrace {
  readonly traceId: string;
  /** Oldest first, at most 10,000. */
  readonly records: readonly ViewedRecord[];
  readonly spans: readonly ViewedSpan[];
}

/** `counts[i]` are those of [from + i * bucketMs, …), by level: trace, debug, info, warn, error, fatal. */
export interface Histogram {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  readonly counts: readonly (readonly [number, number, number, number, number, number])[];
}

export interface CallSite {
  readonly file: string | null;
  readonly line: number | null;
  readonly functionName: string | null;
  /** The template, or the body of a sample with its digits and ids replaced, where no site is known. */
  readonly pattern: string;
  readonly severityText: string;
  readonly count: number;
  readonly sampleId: number;
}

export interface Facets {
  readonly services: readonly { readonly name: string; readonly count: number }[];
  readonly pools: readonly { readonly name: string; readonly count: number }[];
  readonly severities: readonly { readonly name: string; readonly count: number }[];
}

export interface Status {
  readonly recordCount: number;
  readonly spanCount: number;
  readonly droppedByRetention: number;
  readonly storage: 'sqlite' | 'memory';
  readonly receiverUrl: string;
  readonly version: string;
}

/** At most ten a second and 500 records each; `skipped` were not sent so that the page keeps up. */
export interface LiveBatch {
  readonly records: readonly ViewedRecord[];
  readonly skipped: number;
}
