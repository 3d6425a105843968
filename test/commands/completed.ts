import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { runCommand } from '../helpers/run-command.js';

export const COMMANDS = ['completion', 'doctor', 'help', 'run', 'view'];

/** Whether there is such a shell here; says so where there is none. */
export function hasShell(shell: string): boolean {
  if (spawnSync(shell, ['--version']).status === 0) return true;
  console.log(`Skipped: there is no ${shell} here.`);
  return false;
}

async function scriptFor(shell: string): Promise<string> {
  const { stdout, stderr, code } = await runCommand(['completion', shell]);
  assert.is(String(stderr), '');
  assert.is(code, 0);
  return String(stdout);
}

/** Calls `use` with a folder that holds the script for a shell, and programs named `here…`. */
export async function withScript(
  shell: string,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-completion-'));
  try {
    writeFileSync(join(folder, `script.${shell}`), await scriptFor(shell));
    writeFileSync(join(folder, 'here.js'), '');
    writeFileSync(join(folder, 'here-program'), '', { mode: 0o755 });
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
