import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Whether `stdio: 'pty'` can be had here. Tests that need it start with
 * `const onTerminal = HAS_PTY ? test : test.skip;`, so that uvu counts them as skipped.
 */
export const HAS_PTY = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

/** The command that runs `command` on a terminal of 120 columns, and ends with its exit code. */
export function ptyCommand(command: readonly string[]): string[] {
  if (!HAS_PTY) throw new Error('A terminal needs `script` of util-linux.');
  const line = `stty cols 120 rows 40; exec ${command.map(quote).join(' ')}`;
  return ['script', '--quiet', '--return', '--command', line, '/dev/null'];
}

/** The process that runs on the terminal `script` made: `exec` let it take over the shell's id. */
export function ptyProcessId(scriptProcessId: number): number {
  const path = `/proc/${scriptProcessId}/task/${scriptProcessId}/children`;
  return Number(readFileSync(path, 'utf8').trim());
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
