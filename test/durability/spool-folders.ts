import { mkdirSync, readdirSync, renameSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROCESS_FOLDER = /^otel-register-[^/]+\/[0-9a-f]{16}\/[0-9a-f-]{36}\.[^/]+$/;
const SET_ASIDE = /\/set-aside\/./;
/** More than the 30 s of silence after which a process counts as dead. */
const SILENT_MS = 60_000;
const POLL_MS = 50;

/** Of all processes that have something in it, relative to the spool's folder. */
export function processFolders(spoolDir: string): string[] {
  return list(spoolDir).filter(path => PROCESS_FOLDER.test(path));
}

export function setAsideFiles(spoolDir: string): string[] {
  return list(spoolDir).filter(path => SET_ASIDE.test(path));
}

/** As if its process had been silent for long: nobody has to wait for that. */
export function makeSilent(path: string): void {
  const then = new Date(Date.now() - SILENT_MS);
  utimesSync(path, then, then);
}

/** What one spool holds goes into another one, of the same destinations. */
export function moveInto(spoolDir: string, from: string): void {
  for (const path of processFolders(from)) {
    mkdirSync(join(spoolDir, dirname(path)), { recursive: true, mode: 0o700 });
    renameSync(join(from, path), join(spoolDir, path));
  }
}

/** @throws When something is left after the timeout. */
export async function untilEmpty(spoolDir: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const left = processFolders(spoolDir);
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`Still in the spool: ${left.join(', ')}.`);
    await sleep(POLL_MS);
  }
}

// Folders may vanish while they are read.
function list(folder: string): string[] {
  for (let attempt = 0; ; attempt++) {
    try {
      return (readdirSync(folder, { recursive: true }) as string[]).map(path =>
        path.replaceAll('\\', '/'),
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      if (attempt === 10) return [];
    }
  }
}
