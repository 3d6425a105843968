import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { childEnvironment, type EnvironmentChanges } from './child-environment.js';

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs any program, in a clean environment, until it ends. */
export async function runProgram(
  [program, ...args]: readonly string[],
  options: { readonly env?: EnvironmentChanges; readonly cwd?: string } = {},
): Promise<ProgramResult> {
  const child = spawn(program!, args, {
    env: childEnvironment(options.env),
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code] = await ended;
  return { stdout, stderr, code };
}
