import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../report.js';
import { DIST } from '../subject.js';

/** What is installed. */
export async function size(): Promise<Result[]> {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  );
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
  return [{ what: 'unpacked size of dist', measured: bytes / 1024 / 1024, unit: 'MiB', budget: 3 }];
}
