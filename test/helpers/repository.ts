import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE_NAME = '@emp/otel-register';

/** The folder of our package.json, wherever the tests were compiled to. */
export const REPOSITORY = findRepository(dirname(fileURLToPath(import.meta.url)));

/** Programs that tests run. They are not compiled, so they stay where they are written. */
export const FIXTURES = join(REPOSITORY, 'test/fixtures');

function findRepository(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === PACKAGE_NAME) {
    return folder;
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`No package.json of ${PACKAGE_NAME} above the tests.`);
  return findRepository(parent);
}
