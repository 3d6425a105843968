import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { CommandError } from '../command-error.js';
import type { Ending } from './ending.js';

// As shells have it.
const CANNOT_EXECUTE = 126;
const NOT_FOUND = 127;

export interface StartedProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
}

/** Starts a program that shares stdin, stdout, stderr, terminal and process group with us. */
export function startProgram(argv: readonly string[], env: NodeJS.ProcessEnv): StartedProgram {
  const [program = '', ...args] = argv;
  // An empty name is an error of another kind to Node.
  if (program === '') throw startError(program, { code: 'ENOENT' });
  try {
    const child = spawn(program, args, {
      env,
      stdio: process.connected ? [0, 1, 2, 'ipc'] : [0, 1, 2],
    });
    return { child, ended: endOf(child, program) };
  } catch (error) {
    throw startError(program, error as NodeJS.ErrnoException);
  }
}

function endOf(child: ChildProcess, program: string): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // Also emitted when a running program may not be sent a signal: it is another user's, say.
    child.on('error', error => {
      if (child.pid === undefined) reject(startError(program, error));
    });
  });
}

function startError(
  program: string,
  error: NodeJS.ErrnoException | { code: string },
): CommandError {
  const isMissing = error.code === 'ENOENT';
  return new CommandError(`${program}: ${reason(program, error)}`, {
    exitCode: isMissing ? NOT_FOUND : CANNOT_EXECUTE,
    cause: error,
  });
}

// Who writes `run app.js` means the file that is here.
function hint(program: string): string {
  const isScript = /\.[cm]?[jt]s$/.test(program) && existsSync(program);
  return isScript ? `; did you mean: otel-register run node ${program}` : '';
}

function reason(program: string, error: { code?: string; errno?: number }): string {
  // Only a name without a slash is looked up.
  if (error.code === 'ENOENT' && !program.includes('/')) return `command not found${hint(program)}`;
  const [, text] = getSystemErrorMap().get(error.errno ?? 0) ?? [];
  return text ?? `cannot be started (${error.code ?? error})`;
}
