// Preloaded into programs: replaces what files of two packages export.

import { relative, sep } from 'node:path';
import { followPackages } from '../../src/module-loads/module-loads.js';

const names = new Map(Object.entries({ followed: [], '@scope/followed': [], stops: [] }));
const stop = followPackages(names, (module, { packageName, folder, path }) => {
  if (packageName === 'stops') stop();
  const file = relative(folder, path).replaceAll(sep, '/');
  module.exports = { said: `${packageName} ${file} ${(module.exports as { said: string }).said}` };
});
