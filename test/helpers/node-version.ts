import { execFileSync } from 'node:child_process';

/** Of the node that `runNode()` runs programs on. */
export const NODE_VERSION = versionOf(process.env.TEST_NODE ?? process.execPath);
export const NODE_MAJOR = Number(NODE_VERSION.slice(1).split('.')[0]);

function versionOf(nodePath: string): string {
  if (nodePath === process.execPath) return process.version;
  return execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
}
