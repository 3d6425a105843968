import { writeSync } from 'node:fs';

const STDERR = 2;

// Control and format characters (terminal sequences, line breaks, text direction) and lone surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// Taken before the application can replace it: mocks of `fs` are not to swallow or record our lines.
const write = writeSync;

const saidCodes = new Set<string>();
let isSilent = false;

/**
 * Our own voice: one line on the original stderr, once per code and thread. Never through `console`
 * or `process.stderr`, which the application may have replaced, and which we bridge.
 */
export function say(code: string, message: string): void {
  if (isSilent || saidCodes.has(code)) return;
  saidCodes.add(code);

  const line = message.replace(UNPRINTABLE, escapeCharacter);
  try {
    write(STDERR, `otel-register: ${line}${line.endsWith('.') ? '' : '.'}\n`);
  } catch {
    // A full pipe (EAGAIN), a reader that left (EPIPE), no stderr at all (EBADF): nobody to tell.
  }
}

/** `OTEL_REGISTER_DIAGNOSTICS=off`: nothing more is said in this thread. */
export function silence(): void {
  isSilent = true;
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
