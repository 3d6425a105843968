// Preloaded into programs: prints the loads of one file of a package, as they are told.

import { writeSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { onPackageLoad } from '../../src/module-loads/module-loads.js';

onPackageLoad('watched', 'lib/main.js', (exports, path) => {
  const from = relative(process.cwd(), dirname(dirname(path)));
  const { version } = exports as { version: unknown };
  writeSync(1, `${isMainThread ? '' : 'worker: '}${from} ${basename(path)} ${version}\n`);
  if (version === 'throws') throw new Error('told badly');
});
onPackageLoad('watched', 'absent.js', () => writeSync(1, 'never\n'));
