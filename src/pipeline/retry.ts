// When a failed request may be sent again, and when. The one place that decides it.
// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response

/** What became of one attempt. */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly status?: number;
      readonly rejectedRecords: number;
      readonly message: string;
    }
  | { readonly kind: 'retryable'; readonly reason: string; readonly retryAfterMs?: number }
  | {
      readonly kind: 'refused';
      /** undefined when it was never sent. */
      readonly status?: number;
      readonly reason: string;
      readonly mayBeOneRecord: boolean;
    };

/** Invalid, or too large: without the record to blame, or in parts, the rest may be accepted. */
const ONE_RECORD_STATUSES: ReadonlySet<number> = new Set([400, 413]);
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const FIRST_BACKOFF_MS = 1_000;
/** As long as a collector that is back may have to wait for us. */
const MAX_BACKOFF_MS = 5_000;
const BACKOFF_FACTOR = 1.5;
/** A day: longer than that nothing is kept, and a clock is wrong. */
const MAX_RETRY_AFTER_MS = 86_400_000;
/** All three forms of a date start like this; `Date.parse` would make one of nearly anything. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? /;
/** Many processes lose one collector at the same moment, and must not all return in the same one. */
const JITTER = 0.2;

export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUSES.has(status);
}

/** Whether a request refused like this may owe it to a single record. */
export function mayBeOneRecord(status: number): boolean {
  return ONE_RECORD_STATUSES.has(status);
}

/** How long to wait after the `failures`-th failure in a row, counted from 1. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const base = Math.min(FIRST_BACKOFF_MS * BACKOFF_FACTOR ** (failures - 1), MAX_BACKOFF_MS);
  return base * (1 - JITTER + 2 * JITTER * random());
}

/**
 * `Retry-After`, in seconds or as a date.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : parseHttpDate(text) - nowMs;
  if (Number.isNaN(delayMs)) return undefined;
  return Math.min(Math.max(0, delayMs), MAX_RETRY_AFTER_MS);
}

// The asctime form names no zone and means UTC, too.
function parseHttpDate(text: string): number {
  if (!HTTP_DATE.test(text)) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
