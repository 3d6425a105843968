import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { packageEntry } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/start-surroundings');

function run(collector: Receiver, options: RunOptions): Promise<RunResult> {
  return runNode({ script: 'start/line.cjs', env: endpointOf(collector), ...options });
}

function assertLogged(collector: Receiver, { stdout, stderr, code }: RunResult): void {
  assert.is(stderr.toString(), '');
  assert.is(stdout.toString(), 'logged line.cjs\n');
  assert.is(code, 0);
  assert.is(collector.countRecords(), 1);
}

const NODE_PATH = process.env.TEST_NODE ?? process.execPath;
const PERMISSION = NODE_MAJOR < 24 ? '--experimental-permission' : '--permission';

const FLAGS: Record<string, string[]> = {
  '--disable-proto=throw': ['--disable-proto=throw'],
  '--disable-proto=delete': ['--disable-proto=delete'],
  '--disallow-code-generation-from-strings': ['--disallow-code-generation-from-strings'],
  '--no-experimental-require-module': ['--no-experimental-require-module'],
  '--enable-source-maps': ['--enable-source-maps'],
  '--preserve-symlinks': ['--preserve-symlinks'],
  '--stack-trace-limit=0': ['--stack-trace-limit=0'],
  '--unhandled-rejections=strict': ['--unhandled-rejections=strict'],
  '--trace-uncaught': ['--trace-uncaught'],
  '--throw-deprecation': ['--throw-deprecation'],
  '--pending-deprecation': ['--pending-deprecation', '--throw-deprecation'],
  '--max-old-space-size=32': ['--max-old-space-size=32'],
  '--permission with --allow-worker': [
    '--no-warnings',
    PERMISSION,
    '--allow-fs-read=*',
    '--allow-worker',
    '--allow-fs-write=*',
    ...(NODE_MAJOR >= 25 ? ['--allow-net'] : []),
  ],
};

for (const [name, nodeArgs] of Object.entries(FLAGS)) {
  for (const preload of ['import', 'require'] as const) {
    test(
      `a program under ${name} runs and its line arrives, preloaded by --${preload}`,
      withCollector(async collector => {
        assertLogged(collector, await run(collector, { nodeArgs, preload }));
      }),
    );
  }
}

for (const preload of ['import', 'require'] as const) {
  test(
    `a program in a folder that is gone runs and its line arrives, preloaded by --${preload}`,
    withCollector(async collector => {
      const folder = mkdtempSync(join(tmpdir(), 'otel-register-gone-'));
      const path = packageEntry(preload);
      const entry = preload === 'import' ? pathToFileURL(path).href : path;

      const result = await run(collector, {
        preload: false,
        cwd: folder,
        // The shell enters the folder, and then removes it under its own feet.
        nodePath: '/bin/sh',
        nodeArgs: ['-c', 'rmdir "$PWD"; exec "$@"', 'sh', NODE_PATH, `--${preload}`, entry],
      });

      assertLogged(collector, result);
    }),
  );
}

test(
  'no getter of fs is run, for some load much of Node that nobody needs',
  withCollector(async collector => {
    const nodeArgs = ['--require', join(FIXTURES, 'start', 'tell-fs-getters.cjs')];
    assertLogged(collector, await run(collector, { nodeArgs }));
  }),
);

test(
  'a program that puts a function into process.argv runs and its line arrives',
  withCollector(async collector => {
    assertLogged(collector, await run(collector, { script: 'start/argv.cjs' }));
  }),
);

test(
  'a program that publishes on channels of Node runs and its line arrives',
  withCollector(async collector => {
    assertLogged(collector, await run(collector, { script: 'start/publishes.cjs' }));
  }),
);

test(
  'a program in a folder that cannot be written to runs and its line arrives',
  withCollector(async collector => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-read-only-'));
    chmodSync(folder, 0o500);
    try {
      assertLogged(collector, await run(collector, { cwd: folder }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }),
);

test.run();
