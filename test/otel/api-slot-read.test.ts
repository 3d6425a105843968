import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runFixture } from './run-fixture.js';

const test = suite('otel/api-slot-read');

for (const count of ['0', '1', '255', '256', '1000']) {
  test(`a copy that only reads logs to us after ${count} other reads`, () => {
    const report = runFixture('read.cjs', { args: [count] });

    assert.equal(report.bodies, ['read', 'read after many reads']);
    assert.is(report.loads, 1);
    assert.is(report.isTracing, false);
    assert.is(report.registeredVersion, undefined);
  });
}

test('our SDK bundled with its own copy of the api does not count as the application', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-'));
  try {
    const preload = join(folder, 'preload.mjs');
    writeFileSync(join(folder, 'package.json'), '{"name":"@emp/otel-register","version":"0.0.0"}');
    buildSync({
      entryPoints: [fileURLToPath(new URL('./observing-preload.js', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: preload,
    });

    const reading = runFixture('read.cjs', { preload: pathToFileURL(preload).href });
    const tracing = runFixture('register.cjs', {
      preload: pathToFileURL(preload).href,
      args: ['@opentelemetry/api', 'diag'],
    });

    assert.equal(reading.bodies, ['read', 'read after many reads']);
    assert.equal(tracing.bodies, ['inside']);
    assert.equal(tracing.traceIds, ['0af7651916cd43dd8448eb211c80319c']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('release() leaves nothing where nothing was registered', () => {
  assert.equal(runFixture('release.cjs'), { present: [false, false], keys: [], fields: [] });
});

test('release() leaves what the application registered, and nothing else', () => {
  const report = runFixture('release.cjs', { args: ['registered'] });

  assert.equal(report, {
    present: [true, false],
    keys: ['version', 'propagation'],
    fields: ['own'],
  });
});

test.run();
