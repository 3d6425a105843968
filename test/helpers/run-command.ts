import { realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { packageCommand } from './packed-package.js';
import { type RunOptions, type RunResult, runNode } from './run-node.js';

/** The node that runs `otel-register`, and the programs it is given. */
export const NODE = process.env.TEST_NODE ?? process.execPath;

/** PATH with that node first, for programs that look for one. */
export const NODE_PATH = [dirname(realpathSync(NODE)), process.env.PATH].join(delimiter);

/** Runs `otel-register` of the packed package, as npm links it. */
export function runCommand(
  args: readonly string[],
  options: Omit<RunOptions, 'args' | 'preload'> = {},
): Promise<RunResult> {
  return runNode({ script: packageCommand(), ...options, args, preload: false });
}
