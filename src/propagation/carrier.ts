/** What one process tells another of the work that goes on there, in the forms of the W3C. */
export interface Carrier {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  /** Fields of the log context among it. */
  readonly baggage?: string | undefined;
}

export const CARRIER_KEYS = ['traceparent', 'tracestate', 'baggage'] as const;
