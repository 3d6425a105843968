import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { REPOSITORY } from '../helpers/repository.js';

const test = suite('packed/coverage');

const C8 = join(REPOSITORY, 'node_modules/c8/bin/c8.js');

// c8 can count every line of a bundle as run, and nobody notices: the gate then cannot fail.
test(
  'c8 finds the lines of src that a child and its exporter thread ran, and those they did not',
  withCollector(async collector => {
    const folder = mkdtempSync(join(REPOSITORY, '.packed', 'coverage-'));
    try {
      const percent = linesCovered(folder, endpointOf(collector));

      for (const file of ['src/start/traces.ts', 'src/pipeline/worker.ts']) {
        assert.ok(percent(file) > 80, `${file}: ${percent(file)} %`);
      }
      for (const file of ['src/pipeline/exporter.ts', 'src/console-bridge.ts']) {
        assert.ok(percent(file) > 50 && percent(file) < 100, `${file}: ${percent(file)} %`);
      }
      assert.is(percent('src/otel/logger-provider.ts'), 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);

function linesCovered(folder: string, env: Record<string, string>): (file: string) => number {
  const options = ['--temp-directory', join(folder, 'tmp'), '--reports-dir', folder];
  const reports = ['--reporter', 'json-summary', '--check-coverage=false'];
  const preload = ['--import', pathToFileURL(packageEntry('import')).href];
  const program = [process.execPath, ...preload, '-e', "console.log('Hello')"];
  execFileSync(process.execPath, [C8, ...options, ...reports, ...program], {
    cwd: REPOSITORY,
    // Not where the coverage of these tests themselves is written.
    env: childEnvironment({ ...env, NODE_V8_COVERAGE: '' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });

  const summary = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'));
  const byFile = new Map(
    Object.entries<{ lines: { pct: number } }>(summary).map(([path, { lines }]) => [
      relative(REPOSITORY, path),
      lines.pct,
    ]),
  );
  return file => byFile.get(file) ?? -1;
}

test.run();
