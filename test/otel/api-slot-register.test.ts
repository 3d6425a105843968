import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fixturePath, type Report, runFixture } from './run-fixture.js';

const test = suite('otel/api-slot-register');

const VERSIONS = { 'api-1.9': '1.9.1', '@opentelemetry/api': '1.10.0' };
const SPAN_ID = 'b7ad6b7169203331';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const bundleFolder = mkdtempSync(join(tmpdir(), 'otel-register-'));
const bundled = join(bundleFolder, 'app.cjs');

test.before(() => {
  buildSync({
    entryPoints: [fixturePath('register.cjs')],
    bundle: true,
    platform: 'node',
    outfile: bundled,
  });
});
test.after(() => rmSync(bundleFolder, { recursive: true }));

/** What the program would see of its own tracing without us. */
function assertTraces(report: Report): void {
  assert.ok((report.results as boolean[]).every(Boolean), 'a registration was refused');
  assert.equal(report.complaints, []);
  assert.is(report.tracer, 'own');
  assert.equal(report.fields, ['own']);
  assert.is(report.activeInSpan, SPAN_ID);
}

test('the fixture traces without a preload', () => {
  assertTraces(runFixture('register.cjs', { preload: undefined, args: ['api-1.9', 'diag'] }));
});

for (const [api, version] of Object.entries(VERSIONS)) {
  for (const mode of ['', 'diag']) {
    const name = `${api}${mode && ' with a diag logger'}`;

    test(`${name} registers its tracing in silence, and we see it`, () => {
      const report = runFixture('register.cjs', { args: [api, mode] });

      assertTraces(report);
      assert.is(report.registeredVersion, version);
      assert.is(report.spanSeen, true);
      assert.is(report.spanOutside, null);
    });

    test(`${name} registers after one read by another copy`, () => {
      const report = runFixture('register.cjs', { args: [api, mode], imports: ['look-once.cjs'] });

      assertTraces(report);
      assert.is(report.registeredVersion, version);
    });

    test(`${name} registers over the object another copy has long read`, () => {
      const report = runFixture('register.cjs', {
        args: [api, mode],
        imports: ['read-quietly.cjs'],
      });

      assertTraces(report);
      assert.is(report.registeredVersion, version);
      assert.is((report.bodies as string[])[0], 'read before');
    });

    test(`${name} bundled into the application registers`, () => {
      const report = runFixture(bundled, { args: [api, mode, 'reads=1000'] });

      assertTraces(report);
      assert.is(report.registeredVersion, version);
    });

    test(`${name} bundled registers after one read by an installed copy`, () => {
      const report = runFixture(bundled, { args: [api, mode], imports: ['look-once.cjs'] });

      assertTraces(report);
    });
  }
}

test('an application on 1.9 keeps an ordinary property as its global', () => {
  const report = runFixture('register.cjs', { args: ['api-1.9'] });

  assert.is(report.isPlainProperty, true);
  assert.equal(report.registeredTypes, ['version', 'context', 'trace', 'propagation']);
});

test('an application on 1.10 that traces but does not claim logs logs to us, with its span', () => {
  const report = runFixture('register.cjs', { args: ['@opentelemetry/api'] });

  assert.equal(report.bodies, ['inside']);
  assert.equal(report.traceIds, [TRACE_ID]);
});

for (const modes of [['logs'], ['logs', 'diag'], ['logs', 'reads=1000']]) {
  test(`a logs provider registered by the application wins entirely (${modes.join(' ')})`, () => {
    const report = runFixture('register.cjs', { args: ['@opentelemetry/api', ...modes] });

    assertTraces(report);
    assert.equal(report.own, [
      ['early', 'by the early logger'],
      ['late', 'by the late logger'],
    ]);
    assert.equal(report.bodies, []);
    assert.is(report.loads, 0);
    assert.is(report.isPlainProperty, true);
  });
}

test('a logs provider registered from a bundle wins', () => {
  const report = runFixture(bundled, { args: ['@opentelemetry/api', 'logs'] });

  assertTraces(report);
  assert.is((report.own as unknown[]).length, 2);
  assert.equal(report.bodies, []);
});

for (const api of Object.keys(VERSIONS)) {
  test(`${api} registers again after disable(), and logs nothing to us in between`, () => {
    const report = runFixture('unregister.cjs', { args: [api] });

    assert.is(report.first, true);
    assert.equal(report.second, [true, true, true]);
    assert.equal(report.bodies, []);
  });
}

test('an application that deletes the global registers another version, and we see that one', () => {
  const report = runFixture('delete-slot.cjs');

  assert.equal(report.results, [true, true]);
  assert.is(report.registeredVersion, '1.9.1');
});

test('a late bundled copy that was refused once can register from then on', () => {
  const report = runFixture(bundled, { args: ['api-1.9'], imports: ['read-quietly.cjs'] });

  assert.equal(report.results, [false, true, true]);
});

test.run();
