import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NPM, npmEnvironment } from '../helpers/npm.js';
import { packageEntry } from '../helpers/packed-package.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';
import { assertSameEnd } from './side-by-side.js';

const test = suite('third-party/npm');

const withNpm = NPM === undefined ? test.skip : test;
if (NPM === undefined) console.log('Skipped: there is no npm on the PATH.');

const PRELOAD = `--import ${pathToFileURL(packageEntry('import')).href}`;

const PROJECT = {
  name: 'some-project',
  version: '3.2.1',
  scripts: {
    greet: 'node -e "console.log(\'Hello\', { from: 1 })"',
    fail: 'node -e "console.error(\'Out of stock\'); process.exit(3)"',
  },
};

const commands = [
  { args: ['--version'], code: 0, records: [] },
  { args: ['help'], code: 0, records: [] },
  { args: ['pkg', 'get', 'version'], code: 0, records: [] },
  { args: ['run', 'greet'], code: 0, records: ['Hello'] },
  { args: ['run', 'fail'], code: 3, records: ['Out of stock'] },
  { args: ['run', 'unknown'], code: 1, records: [] },
];

for (const { args, code, records } of commands) {
  withNpm(
    `npm ${args.join(' ')} prints and ends as without the preload in NODE_OPTIONS`,
    withCollector(async collector => {
      const project = mkdtempSync(join(tmpdir(), 'otel-register-project-'));
      try {
        writeFileSync(join(project, 'package.json'), JSON.stringify(PROJECT));
        const run = (nodeOptions: string) =>
          runNpm(args, project, { ...endpointOf(collector), NODE_OPTIONS: nodeOptions });
        const without = await run('--import data:text/javascript,');

        const preloaded = await run(PRELOAD);

        assertSameEnd(preloaded, without);
        assert.is(preloaded.code, code);
        const bodies = collector.records.map(({ body }) => body);
        for (const record of records) assert.ok(bodies.includes(record), bodies.join());
      } finally {
        rmSync(project, { recursive: true, force: true });
      }
    }),
  );
}

withNpm(
  'a service that npm starts is named after its own package, not after npm',
  withCollector(async collector => {
    const project = mkdtempSync(join(tmpdir(), 'otel-register-project-'));
    try {
      const scripts = { start: 'node main.js' };
      writeFileSync(join(project, 'package.json'), JSON.stringify({ ...PROJECT, scripts }));
      writeFileSync(join(project, 'main.js'), "console.log('Started');\n");

      await runNpm(['start'], project, { ...endpointOf(collector), NODE_OPTIONS: PRELOAD });

      const started = collector.records.find(({ body }) => body === 'Started');
      assert.is(started?.resource['service.name'], 'some-project');
      assert.is(started?.resource['service.version'], '3.2.1');
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  }),
);

function runNpm(
  args: readonly string[],
  project: string,
  env: NonNullable<RunOptions['env']>,
): Promise<RunResult> {
  return runNode({
    script: NPM!,
    args,
    cwd: project,
    preload: false,
    env: { ...npmEnvironment(project), ...env },
  });
}

test.run();
