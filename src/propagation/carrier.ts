/** What one process tells another of the work that goes on there, in the forms of the W3C. */
export interface Carrier {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  /** Fields of the log context among it. */
  readonly baggage?: string | undefined;
}

export const CARRIER_KEYS = ['traceparent', 'tracestate', 'baggage'] as const;

/** The one key that a JSON payload gets where it is to carry all of them. */
export const CARRIER_FIELD = '_otel';

/** As any object may hold it; what is no text is left out. */
export function readCarrier(object: unknown): Carrier {
  if (typeof object !== 'object' || object === null) return {};
  const entries = CARRIER_KEYS.map(key => [key, (object as Record<string, unknown>)[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}
