import { accessSync, constants } from 'node:fs';

const SHELL = '/bin/sh';

type Execve = (file: string, args: readonly string[], env?: NodeJS.ProcessEnv) => never;

/**
 * Process 1 inherits every process whose parent has ended, and must collect it when it ends. Node
 * collects only what it started itself, a shell whatever there is. So a shell becomes process 1, in
 * our place, and starts us again as its child. Node 20 cannot do that, and stays.
 */
export function handOverProcessOne(script: string): void {
  // Node 22.15 and 23.11. https://nodejs.org/api/process.html#processexecvefile-args-env
  const { execve } = process as { execve?: Execve };
  if (process.pid !== 1 || execve === undefined) return;
  try {
    // Should it fail, `execve` ends the process.
    accessSync(SHELL, constants.X_OK);
    accessSync(script, constants.R_OK);
    const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
    execve(SHELL, ['sh', script, ...command], process.env);
  } catch {
    // No shell, or not permitted: everything works but the collecting.
  }
}
