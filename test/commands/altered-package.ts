import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackedPackage } from '../helpers/packed-package.js';
import { PACKAGE_NAME } from '../helpers/repository.js';

/** Calls `use` with the command of a copy of the package, in which these files are others. */
export async function withAlteredPackage(
  files: Readonly<Record<string, string>>,
  use: (command: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-altered-'));
  try {
    const from = join(installPackedPackage(), 'node_modules', PACKAGE_NAME);
    cpSync(from, folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    await use(join(folder, 'bin/otel-register'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
