import { startsWith } from '../convert/intrinsics.js';
import type { LogFields, LogRecord } from '../log-record.js';
import { findCallSite } from './call-site.js';

/**
 * Looks where the record comes from, unless that is known already. To be called while the call that
 * logged it is on the stack.
 */
export function noteCallSite(record: LogRecord): void {
  if (record.callSite !== undefined || record.callee === null) return;
  if (record.attributes !== undefined && saysItself(record.attributes)) return;
  record.callSite = findCallSite(record.callee);
}

// A bridge from another logger may have set `code.*` itself, by the logs API. OTLP allows a key once.
function saysItself({ keys }: LogFields): boolean {
  for (let i = 0; i < keys.length; i++) if (startsWith(keys[i]!, 'code.')) return true;
  return false;
}
