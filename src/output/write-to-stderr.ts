import { writeSync } from 'node:fs';
import { monotonicMs } from '../pipeline/clock.js';

const STDERR = 2;
/** How long a reader may take to make room in a full pipe. The process is about to end. */
const MAX_WAIT_MS = 100;
const WAIT_MS = 2;

// Taken before the application can replace them.
const write = writeSync;
const bytesOf = Buffer.from as (text: string) => Buffer;
const { wait } = Atomics;
const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Writes to where Node itself prints what ends the process. Does not throw. */
export function writeToStderr(text: string): void {
  const bytes = bytesOf(text);
  const giveUpAtMs = monotonicMs() + MAX_WAIT_MS;
  for (let done = 0; done < bytes.length; ) {
    try {
      done += write(STDERR, bytes, done);
    } catch (error) {
      // A reader that left, no stderr at all: nobody to tell. A full pipe is read, mostly.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || monotonicMs() > giveUpAtMs) return;
      wait(nothing, 0, 0, WAIT_MS);
    }
  }
}
