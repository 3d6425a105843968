/** `api.logs` exists from this minor on; older objects can't be read by a copy that knows it. */
const FIRST_MINOR_WITH_LOGS = 10;

/** Readers accept any minor not below their own. */
export const READABLE_VERSION = '1.999.0';

/** Whether a copy of `@opentelemetry/api` of that version knows `logs`. */
export function hasLogs(version: unknown): boolean {
  const minor = typeof version === 'string' && /^1\.(\d+)\./.exec(version)?.[1];
  return Number(minor) >= FIRST_MINOR_WITH_LOGS;
}
