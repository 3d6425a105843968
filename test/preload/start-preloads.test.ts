import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { packageEntry } from '../helpers/packed-package.js';
import { FIXTURES, PACKAGE_NAME } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/start-preloads');

const importEntry = pathToFileURL(packageEntry('import')).href;
const requireEntry = packageEntry('require');

const PRELOADS: Record<string, { args?: string[]; options?: string }> = {
  '--import by name': { args: ['--import', PACKAGE_NAME] },
  '--require by name': { args: ['--require', PACKAGE_NAME] },
  '--import=URL': { args: [`--import=${importEntry}`] },
  '--require and a path': { args: ['-r', requireEntry] },
  'both at once': { args: ['--import', PACKAGE_NAME, '--require', PACKAGE_NAME] },
  'both twice': {
    args: [
      '--import',
      PACKAGE_NAME,
      '-r',
      requireEntry,
      '-r',
      requireEntry,
      '--import',
      importEntry,
    ],
  },
  'NODE_OPTIONS by name': { options: `--import ${PACKAGE_NAME}` },
  'NODE_OPTIONS with a URL': { options: `--import=${importEntry}` },
  'NODE_OPTIONS with a path': { options: `--require ${JSON.stringify(requireEntry)}` },
  'NODE_OPTIONS and the command line': {
    args: ['--import', PACKAGE_NAME],
    options: `--require ${JSON.stringify(requireEntry)}`,
  },
};

const script = (name: string) => join(FIXTURES, 'start', name);

const ENTRIES: Record<string, { args: string[]; logged: string; since?: number }> = {
  'a CommonJS file': { args: [script('line.cjs')], logged: 'logged line.cjs' },
  'an ES module': { args: [script('line.mjs')], logged: 'logged line.mjs' },
  'a TypeScript file': { args: [script('line.ts')], logged: 'logged line.ts', since: 24 },
  '--eval': { args: ['--eval', 'console.log("logged here")'], logged: 'logged here' },
  '--eval as a module': {
    args: ['--input-type=module', '--eval', 'console.log("logged here")'],
    logged: 'logged here',
  },
};

for (const [entry, { args, logged, since = 0 }] of Object.entries(ENTRIES)) {
  if (NODE_MAJOR < since) {
    console.log(`Skipped: ${entry} needs Node ${since}, this is ${NODE_MAJOR}.`);
    continue;
  }
  for (const [preload, { args: preloadArgs = [], options }] of Object.entries(PRELOADS)) {
    test(
      `the line of ${entry} arrives once, preloaded by ${preload}`,
      withCollector(async collector => {
        const { code, stdout, stderr } = await runNode({
          preload: false,
          nodeArgs: preloadArgs,
          args,
          env: { NODE_OPTIONS: options, ...endpointOf(collector) },
        });

        assert.is(stderr.toString(), '');
        assert.is(stdout.toString(), `${logged}\n`);
        assert.is(code, 0);
        const bodies = collector.records.map(({ body }) => body);
        assert.equal(bodies, [logged]);
      }),
    );
  }
}

for (const [order, preloads, earlyArrives] of [
  ['before', [script('early.mjs'), PACKAGE_NAME], false],
  ['after', [PACKAGE_NAME, script('early.mjs')], true],
] as const) {
  test(
    `a preload of the user's own runs ${order} ours`,
    withCollector(async collector => {
      const { code, stdout, stderr } = await runNode({
        preload: false,
        nodeArgs: preloads.flatMap(preload => ['--import', preload]),
        script: 'start/line.mjs',
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.is(stdout.toString(), 'early\nlogged line.mjs\n');
      assert.is(code, 0);
      const bodies = collector.records.map(({ body }) => body);
      assert.equal(bodies, earlyArrives ? ['early', 'logged line.mjs'] : ['logged line.mjs']);
    }),
  );
}

for (const preload of ['import', 'require'] as const) {
  for (const [hooks, nodeArgs] of [
    ['module.register()', ['--no-deprecation', '--import', script('register-hooks.mjs')]],
    ['--experimental-loader', ['--no-warnings', '--experimental-loader', script('hooks.mjs')]],
  ] as const) {
    test(
      `a program with hooks of ${hooks} runs as without us, preloaded by --${preload}`,
      withCollector(async collector => {
        const { code, stdout, stderr } = await runNode({
          preload,
          nodeArgs,
          script: 'start/hooking.mjs',
          env: endpointOf(collector),
        });

        assert.is(stderr.toString(), 'resolving\n');
        assert.is(stdout.toString(), 'logged hooked.mjs\n');
        assert.is(code, 0);
        assert.is(collector.countRecords(), 1);
      }),
    );
  }
}

test(
  'what a test file logs under --test arrives',
  withCollector(async collector => {
    const { code } = await runNode({
      preload: false,
      nodeArgs: ['--import', importEntry, '--test'],
      script: 'start/line.test.mjs',
      env: endpointOf(collector),
    });

    assert.is(code, 0);
    const bodies = collector.records.map(({ body }) => body);
    assert.ok(bodies.includes('logged line.test.mjs'), `got ${JSON.stringify(bodies)}`);
  }),
);

test.run();
