import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NPM, npmEnvironment } from '../helpers/npm.js';
import { NODE, NODE_PATH, runCommand } from '../helpers/run-command.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('commands/run-records');
const withNpm = NPM === undefined ? test.skip : test;
if (NPM === undefined) console.log('Skipped: there is no npm on the PATH.');

const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'shop',
    version: '3.2.1',
    scripts: { start: 'node app.js', crash: 'node crash.cjs' },
  }),
  'app.js': "console.log('Started', { port: 80 });",
  'app.mjs': "console.log('Started', { port: 80 });",
  'crash.cjs': "console.log('Started'); throw new Error('Out of stock');",
  'start.sh': '#!/bin/sh\necho shell\nnode app.js\nexit 5\n',
};

const programs: readonly (readonly [
  program: readonly string[],
  bodies: readonly string[],
  code: number,
])[] = [
  [['node', 'app.js'], ['Started'], 0],
  [['node', 'app.mjs'], ['Started'], 0],
  [['node', 'crash.cjs'], ['Started', 'Error: Out of stock'], 1],
  [['./start.sh'], ['Started'], 5],
  [['sh', '-c', 'node app.js && node app.mjs'], ['Started', 'Started'], 0],
];

for (const [program, bodies, code] of programs) {
  test(
    `what "${program.join(' ')}" logs arrives under run, from its own service`,
    inProject(async (collector, project) => {
      const result = await runInProject(['--', ...program], collector, project);

      assert.is(result.code, code);
      assert.equal(
        collector.records.map(({ body }) => String(body).split('\n')[0]),
        bodies,
      );
      for (const { resource } of collector.records) {
        assert.is(resource['service.name'], 'shop');
        assert.is(resource['service.version'], '3.2.1');
      }
    }),
  );
}

for (const [script, body, code] of [
  ['start', 'Started', 0],
  ['crash', 'Error: Out of stock', 1],
] as const) {
  withNpm(
    `what "npm run ${script}" logs arrives under run, from the service and not from npm`,
    inProject(async (collector, project) => {
      const npm = [NODE, NPM!, 'run', script];

      const result = await runInProject(npm, collector, project);

      assert.is(result.code, code);
      const record = collector.records.find(found => String(found.body).startsWith(body));
      assert.is(record?.resource['service.name'], 'shop');
      assert.is(record?.resource['service.version'], '3.2.1');
    }),
  );
}

test(
  'what was logged right before SIGTERM arrives',
  inProject(async (collector, project) => {
    const program = "console.log('Started'); setInterval(() => {}, 1000)";
    const result = await runInProject([NODE, '-e', program], collector, project, {
      signalAfter: { signal: 'SIGTERM', output: 'Started' },
    });

    assert.is(result.signal, 'SIGTERM');
    assert.equal(
      collector.records.map(({ body }) => body),
      ['Started'],
    );
  }),
);

function inProject(use: (collector: Receiver, project: string) => Promise<void>) {
  return withCollector(async collector => {
    const project = mkdtempSync(join(tmpdir(), 'otel-register-project-'));
    try {
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
      chmodSync(join(project, 'start.sh'), 0o755);
      await use(collector, project);
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });
}

function runInProject(
  program: readonly string[],
  collector: Receiver,
  project: string,
  options: Parameters<typeof runCommand>[1] = {},
): ReturnType<typeof runCommand> {
  const env = { ...npmEnvironment(project), ...endpointOf(collector), PATH: NODE_PATH };
  return runCommand(['run', ...program], { cwd: project, env, ...options });
}

test.run();
