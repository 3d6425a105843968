import type { LogFields, LogValue } from '../log-record.js';

/** Sets a field of ours, also where a program has one of that name: OTLP allows a key once. */
export function setField(fields: LogFields, key: string, value: LogValue): void {
  const { keys, values } = fields;
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== key) continue;
    values[i] = value;
    return;
  }
  fields.add(key, value);
}
