import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export type Winston = typeof import('winston');

const MISSING = `@emp/otel-register/logger needs winston 3, which is not installed.
Run "npm install winston" where the application's package.json is.`;

/**
 * The application's own winston: first the one this package is installed beside, as package managers
 * put peers, then the one the program would find, for a copy of this package that lies elsewhere.
 */
export function loadWinston(): Winston {
  // Of `node -e` it is no file, but a word: such a name must be absolute.
  const program = resolve(process.argv[1] ?? 'program.js');
  let missing: unknown;
  for (const from of [import.meta.url, program, resolve('program.js')]) {
    try {
      return createRequire(from)('winston');
    } catch (error) {
      // A winston that is there and broken has its own story to tell.
      if (!isMissing(error)) throw error;
      missing ??= error;
    }
  }
  throw Object.assign(new Error(MISSING, { cause: missing }), { code: 'OTEL_REGISTER_NO_WINSTON' });
}

function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' && message.startsWith("Cannot find module 'winston'");
}
