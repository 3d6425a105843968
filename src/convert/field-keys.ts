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

/** `name`, or `name.2`, `name.3` … if it is among the first `count` of `keys`. */
export function unusedKey(keys: readonly string[], count: number, name: string): string {
  let key = name;
  for (let n = 2; isAmong(keys, count, key); n++) key = `${name}.${n}`;
  return key;
}

export function hasKey(keys: readonly string[] | undefined, key: string): boolean {
  return keys !== undefined && isAmong(keys, keys.length, key);
}

function isAmong(keys: readonly string[], count: number, key: string): boolean {
  for (let i = 0; i < count; i++) if (keys[i] === key) return true;
  return false;
}
