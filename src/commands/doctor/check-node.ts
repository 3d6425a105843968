import { splitNodeOptions } from '../../node-options.js';
import { type Finding, failure, ok } from './finding.js';
import type { Surroundings } from './surroundings.js';

/** Whether the preload can run on this Node, started like this. */
export function checkNode({ nodeOptions }: Surroundings): Finding[] {
  const version = `Node ${process.versions.node}`;
  if (mayStartThreads(splitNodeOptions(nodeOptions))) return [ok('node', version)];
  return [
    ok('node', version),
    failure('node.permission', 'Programs may not start threads (--permission)', {
      means: 'The preload needs one to deliver records, and stays away without it.',
      todo: 'Add --allow-worker to the options of Node.',
    }),
  ];
}

function mayStartThreads(options: readonly string[]): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  if (permission?.has('worker') === false) return false;
  const isRestricted = options.some(option => /^--(experimental-)?permission$/.test(option));
  return !isRestricted || options.includes('--allow-worker');
}
