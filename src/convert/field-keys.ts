import type { LogFields } from '../log-record.js';
import { startsWith } from './intrinsics.js';

// OTLP forbids two attributes of one key.

/** Names the encoder writes itself. */
export function isReserved(key: string): boolean {
  switch (key[0]) {
    case 'e':
      return startsWith(key, 'exception.');
    case 'c':
      return startsWith(key, 'code.');
    case 'l':
      return startsWith(key, 'log.');
    case 't':
      return key === 'thread.id';
    default:
      return false;
  }
}

/** `name`, or `name.2`, `name.3` … if it is taken. */
export function unusedKey(fields: LogFields, name: string): string {
  let key = name;
  for (let n = 2; isAmong(fields.keys, key); n++) key = `${name}.${n}`;
  return key;
}

function isAmong(keys: readonly string[], key: string): boolean {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return true;
  return false;
}
