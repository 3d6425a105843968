import { writeSync } from 'node:fs';
import {
  endsWith,
  execPattern,
  mapClear,
  mapHas,
  mapSet,
  sliceText,
} from './convert/intrinsics.js';

const STDERR = 2;
/** Remembered at most; then all may be said once more. */
const MAX_CODES = 500;
const { codePointAt } = String.prototype;
const { toString: toText } = Number.prototype;
const { apply } = Reflect;

// Control and format characters (terminal sequences, line breaks, text direction) and lone surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

// Taken before the application can replace it: mocks of `fs` are not to swallow or record our lines.
const write = writeSync;

const saidCodes = new Map<unknown, unknown>();
let saidCount = 0;
let isSilent = false;

/**
 * Our own voice: one line on the original stderr, once per code and thread. Never through `console`
 * or `process.stderr`, which the application may have replaced, and which we bridge.
 */
export function say(code: string, message: string): void {
  if (isSilent || mapHas(saidCodes, code)) return;
  // A code may name what was found in a file, which is edited again and again.
  if (saidCount === MAX_CODES) {
    mapClear(saidCodes);
    saidCount = 0;
  }
  mapSet(saidCodes, code, true);
  saidCount++;
  sayAgain(message);
}

/** As `say`, each time: for what somebody has just done. */
export function sayAgain(message: string): void {
  if (isSilent) return;
  try {
    const line = escaped(message);
    write(STDERR, `otel-register: ${line}${endsWith(line, '.') ? '' : '.'}\n`);
  } catch {
    // A full pipe (EAGAIN), a reader that left (EPIPE), no stderr at all (EBADF): nobody to tell.
  }
}

/** `OTEL_REGISTER_DIAGNOSTICS=off`: nothing more is said in this thread. */
export function silence(): void {
  isSilent = true;
}

// By what was there at the start: we are heard also where the application has broken much.
function escaped(message: string): string {
  let rest = message;
  let line = '';
  for (let found = execPattern(UNPRINTABLE, rest); found !== null; ) {
    const character = found[0];
    line += `${sliceText(rest, 0, found.index)}\\u{${codeOf(character)}}`;
    rest = sliceText(rest, found.index + character.length);
    found = execPattern(UNPRINTABLE, rest);
  }
  return line + rest;
}

function codeOf(character: string): string {
  return apply(toText, apply(codePointAt, character, [0]), [16]);
}
