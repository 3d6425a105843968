import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { childEnvironment, type EnvironmentChanges } from '../helpers/child-environment.js';
import { REPOSITORY } from '../helpers/repository.js';

// `npm run demo` would build anew what is being tested.
const DEMO = join(REPOSITORY, 'build/demo/demo.js');
const NODE = process.env.TEST_NODE ?? process.execPath;
const DEADLINE_MS = 90_000;
const NO_REDIS = 'redis://127.0.0.1:1';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Printed = (pattern: RegExp) => Promise<string>;

/** Until it ends; whatever the demo, no process and no file of it may be left. */
export async function runDemo(
  args: readonly string[],
  changes: EnvironmentChanges = {},
  act: (child: ChildProcess, printed: Printed) => Promise<void> = async () => {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-demo-test-'));
  const DEMO_MARK = randomUUID();
  const env = childEnvironment({ REDIS_URL: NO_REDIS, TMPDIR: folder, DEMO_MARK, ...changes });
  const child = spawn(NODE, [DEMO, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const killer = setTimeout(() => child.kill(), DEADLINE_MS);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', chunk => {
      output[name] += chunk;
    });
  }
  const closed = once(child, 'close');
  const printed: Printed = async pattern => {
    while (!pattern.test(output.stdout)) await Promise.race([once(child.stdout, 'data'), closed]);
    return output.stdout;
  };
  try {
    await act(child, printed);
    const [code] = await closed;
    assert.equal(processesWith(DEMO_MARK), []);
    assert.equal(readdirSync(folder), []);
    return { code, ...output };
  } finally {
    clearTimeout(killer);
    rmSync(folder, { recursive: true, force: true });
  }
}

function processesWith(mark: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter(name => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark);
    } catch {
      // It ended meanwhile, or is another user's.
      return false;
    }
  });
}
