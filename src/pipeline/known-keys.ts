import { mapClear, mapGet, mapSet, objectKeys } from '../convert/intrinsics.js';
import { ByteRun } from './byte-run.js';
import type { ProtobufWriter } from './protobuf-writer.js';

// Programs log few different keys, again and again: to look one up is faster than to encode it.

const MAX_KEYS = 256;
const MAX_KEY_BYTES = 64;
/**
 * Remembering takes 0.8 µs. A program that makes keys up as it goes must not pay that for each, and
 * one that logged many of them once, at its start, must not be left without for ever.
 */
const MISSES_UNTIL_ANEW = 16_384;

/** A power of two. */
const RECENT_SLOTS = 256;

/** A key and its bytes. */
interface KnownKey {
  readonly key: string;
  readonly run: ByteRun;
}

const known = new Map<string, KnownKey>();
/**
 * By the place of a key among its fields and by its length, which take no time to find out: records
 * are mostly alike, and to hash a name takes three times as long as to compare it (Node 24).
 */
const recent: (KnownKey | undefined)[] = new Array(RECENT_SLOTS).fill(undefined);
let rememberedCount = 0;
let missCount = 0;

/** The bytes of `key`, the `place`th of its fields, if they were remembered. */
export function knownKey(key: string, place: number): ByteRun | undefined {
  const slot = ((place << 4) ^ key.length) & (RECENT_SLOTS - 1);
  const last = recent[slot];
  if (last !== undefined && last.key === key) return last.run;
  const found = mapGet(known, key) as KnownKey | undefined;
  if (found === undefined) return undefined;
  recent[slot] = found;
  return found.run;
}

/** To be called for each key that was not known, and has been written from `start` on. */
export function rememberKey(key: string, writer: ProtobufWriter, start: number): void {
  if (rememberedCount === MAX_KEYS && !isTimeToForget()) return;
  const bytes = writer.written(start);
  if (bytes.length > MAX_KEY_BYTES) return;
  const own = apart(key);
  mapSet(known, own, { key: own, run: new ByteRun(bytes) });
  rememberedCount++;
}

// A part of a text keeps the whole of it in memory; the name of a property is a copy.
function apart(key: string): string {
  return objectKeys({ [key]: true })[0]!;
}

function isTimeToForget(): boolean {
  missCount++;
  if (missCount < MISSES_UNTIL_ANEW) return false;
  mapClear(known);
  rememberedCount = 0;
  missCount = 0;
  return true;
}
