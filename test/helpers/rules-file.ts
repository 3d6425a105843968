import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'otel-register-rules-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** A folder of its own. */
export function rulesFolder(): string {
  return mkdtempSync(join(folder, 'folder-'));
}

/** The path of a new file with that text. */
export function rulesFile(text: string): string {
  const path = join(folder, `rules-${made++}.yaml`);
  writeFileSync(path, text);
  return path;
}
