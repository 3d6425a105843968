import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether Debian's `redis-server`, or another of that name, is here. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis of one's own on a free port of 127.0.0.1, that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-redis-'));
  for (let attempt = 1; ; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 40_000);
    const child = spawn(
      'redis-server',
      ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (await isReady(child)) {
      return { url: `redis://127.0.0.1:${port}`, stop: () => stop(child, folder) };
    }
    // The port was taken, most likely.
    if (attempt === 5) throw new Error('redis-server does not start.');
  }
}

function isReady(child: ChildProcess): Promise<boolean> {
  return new Promise(resolve => {
    let printed = '';
    child.stdout!.on('data', chunk => {
      printed += chunk;
      if (printed.includes('Ready to accept connections')) resolve(true);
    });
    child.once('close', () => resolve(false));
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  rmSync(folder, { recursive: true, force: true });
}
