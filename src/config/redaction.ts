// Which secrets are taken out of records.
import { flag, type Reading, report, text } from './values.js';

/** Names whose values are secrets, and names whose values are none. */
export interface RedactNames {
  readonly keys: readonly string[];
  readonly allowedKeys: readonly string[];
}

const NAMES = 'OTEL_REGISTER_REDACT_KEYS';
const NAME = /^[\p{L}\d_.\- ]{1,128}$/u;

export function readRedaction(reading: Reading) {
  return {
    hasRedaction: flag(reading, 'OTEL_REGISTER_REDACT', 'on'),
    redactNames: readNames(reading),
  };
}

// `ssn,iban,-session_token`: the last is left as it is. What is not a name is left out.
function readNames(reading: Reading): RedactNames {
  const keys: string[] = [];
  const allowedKeys: string[] = [];
  let hasOthers = false;
  for (const entry of (text(reading, NAMES) ?? '').split(',')) {
    const [, sign, name = ''] = /^\s*([+-]?)(.*?)\s*$/s.exec(entry)!;
    if (NAME.test(name) && /\p{L}/u.test(name)) (sign === '-' ? allowedKeys : keys).push(name);
    else hasOthers ||= entry.trim() !== '';
  }
  if (hasOthers) {
    report(
      reading,
      NAMES,
      'has entries that are no names, such as ssn,-session_token; ignoring those',
    );
  }
  return { keys, allowedKeys };
}
