import { splitNodeOptions } from '../../node-options.js';
import { type Finding, failure, ok } from './finding.js';
import type { Surroundings } from './surroundings.js';

/** From this Node on, --permission takes the network, too. */
const FIRST_WITH_NET = 25;

/** Whether the preload can run on this Node, started like this. */
export function checkNode({ nodeOptions }: Surroundings): Finding[] {
  const options = splitNodeOptions(nodeOptions);
  const findings = [version(process.versions.node)];
  if (!isAllowed('worker', options)) {
    findings.push(
      failure('node.permission', 'Programs may not start threads (--permission)', {
        means: 'The preload needs one to deliver records, and stays away without it.',
        todo: 'Add --allow-worker to the options of Node.',
      }),
    );
  }
  if (Number.parseInt(process.versions.node, 10) >= FIRST_WITH_NET && !isAllowed('net', options)) {
    findings.push(
      failure('node.network', 'Programs may not use the network (--permission)', {
        means: 'Nothing reaches a collector.',
        todo: 'Add --allow-net to the options of Node.',
      }),
    );
  }
  return findings;
}

// As the preload judges it: src/register.cts.
function version(node: string): Finding {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', `Node ${node}`);
  return failure('node.old', `Node ${node} is too old`, {
    means: 'The preload stays away from programs on it, and says so in one line.',
    todo: 'Use Node 20.19 or newer.',
  });
}

function isAllowed(scope: 'worker' | 'net', options: readonly string[]): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  if (permission?.has(scope) === false) return false;
  const isRestricted = options.some(option => /^--(experimental-)?permission$/.test(option));
  return !isRestricted || options.includes(`--allow-${scope}`);
}
