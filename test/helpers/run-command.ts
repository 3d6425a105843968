import { realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { packageCommand } from './packed-package.js';
import { type RunOptions, type RunResult, runNode } from './run-node.js';

/** The node that runs `otel-register`, and the programs it is given. */
export const NODE = process.env.TEST_NODE ?? process.execPath;

/** PATH with that node first, for programs that look for one. */
export const NODE_PATH = [dirname(realpathSync(NODE)), process.env.PATH].join(delimiter);

/** What the preload would say of a missing collector is not the subject where `run` is tested. */
export const QUIET = { OTEL_REGISTER_DIAGNOSTICS: 'off' };

/** Runs `otel-register` of the packed package, as npm links it. */
export function runCommand(
  args: readonly string[],
  options: Omit<RunOptions, 'args' | 'preload'> = {},
): Promise<RunResult> {
  const env = { ...QUIET, ...options.env };
  return runNode({ script: packageCommand(), ...options, env, args, preload: false });
}
