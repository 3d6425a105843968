import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const PACKAGES = ['opentelemetry-sdk==1.38.0', 'structlog==25.5.0', 'redis==7.1.0'];
const INSTALL_TIMEOUT_MS = 180_000;

// Kept for the next run: it takes a while to install.
const FOLDER = join(tmpdir(), `otel-register-python-${userInfo().uid}`);

/** A Python that has OpenTelemetry, structlog and a Redis client; undefined where there is none. */
export function findPython(): string | undefined {
  const python = join(FOLDER, 'bin', 'python');
  if (!existsSync(python)) install();
  if (existsSync(python) && hasPackages(python)) return python;
  console.log('skipped: no python3 here that can install packages');
  return undefined;
}

function hasPackages(python: string): boolean {
  return run(python, ['-c', 'import opentelemetry.sdk, structlog, redis']);
}

// In a folder of its own, and then in its place at once: another run may do the same.
function install(): void {
  const folder = mkdtempSync(`${FOLDER}-`);
  try {
    const isInstalled =
      run('python3', ['-m', 'venv', folder]) &&
      run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
    if (isInstalled) renameSync(folder, FOLDER);
  } catch {
    // It has been installed meanwhile.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { stdio: 'ignore', timeout: INSTALL_TIMEOUT_MS });
  return status === 0;
}
