import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../helpers/spool.js';

const test = suite('metrics/self-metrics');

const module = (path: string) =>
  JSON.stringify(new URL(`../../src/${path}.js`, import.meta.url).href);

/** Stdout and stderr of statements that may use `metrics`, `control`, `counts` and `holdUp`. */
function run(
  statements: string,
  bundle = '/nowhere/metrics.cjs',
): { stdout: string; stderr: string } {
  const code = `
    import { SelfMetrics } from ${module('metrics/self-metrics')};
    import { MetricsTrouble } from ${module('metrics/metrics-trouble')};
    import { DeliveryCounts } from ${module('pipeline/delivery-counts')};
    import { setEnding } from ${module('pipeline/flush')};
    import { CONTROL_SLOTS } from ${module('pipeline/protocol')};
    const control = new Int32Array(CONTROL_SLOTS);
    const counts = new DeliveryCounts();
    const url = 'https://user:secret@collector.test/v1/metrics?key=secret';
    const metrics = new SelfMetrics({
      url,
      logsUrl: 'https://collector.test/v1/logs',
      intervalMs: 3_600_000,
      temporality: 'cumulative',
      bundle: ${JSON.stringify(bundle)},
      control,
      counts,
      attributes: Promise.resolve({}),
      sender: { send: () => new Promise(() => {}) },
    });
    const holdUp = (ticket, isAway = false) =>
      new Promise(resolve => {
        if (!metrics.holdUp(ticket, isAway, () => resolve('held up'))) resolve('not held up');
      });
    ${statements}`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--input-type=module', '--eval', code],
    { timeout: 60_000 },
  );
  assert.is(status, 0, stderr.toString());
  return { stdout: stdout.toString(), stderr: stderr.toString() };
}

test('a bundle that cannot be loaded holds up one flush for a moment, and is said once', () => {
  const { stdout, stderr } = run(`
    counts.own.give(1);
    setEnding(control, 5_000);
    console.log(await holdUp(1));
    counts.own.export(1);
    console.log(await holdUp(2));
    counts.onOperation?.({});`);

  assert.is(stdout, 'held up\nheld up\n');
  assert.match(stderr, /^otel-register: No metrics are sent \(Error: Cannot find module .*\)\.\n$/);
});

for (const [what, statements, isHeldUp] of [
  ['of a process that goes on', 'counts.own.give(1);', false],
  ['of a process that ends', 'counts.own.give(1); setEnding(control, 5_000);', true],
  ['with no time left', 'counts.own.give(1); setEnding(control, 40);', false],
  ['before anything was counted', 'setEnding(control, 5_000);', false],
] as const) {
  test(`a flush ${what} is ${isHeldUp ? '' : 'not '}held up`, () => {
    const { stdout } = run(`${statements} console.log(await holdUp(1));`);

    assert.is(stdout, `${isHeldUp ? '' : 'not '}held up\n`);
  });
}

test('a flush is not held up where the collector that takes both is known to be away', () => {
  const { stdout } = run(`
    counts.own.give(1);
    setEnding(control, 5_000);
    console.log(await holdUp(1, true));`);

  assert.is(stdout, 'not held up\n');
});

/** Built metrics whose requests end when `answer` is called, and are counted in `requests`. */
function slowBundle(): string {
  const bundle = join(temporaryFolder(), 'metrics.cjs');
  writeFileSync(
    bundle,
    `globalThis.requests = 0;
    const flush = () => new Promise(resolve => (globalThis.answer = resolve, globalThis.requests++));
    exports.createMeter = () => ({ record() {}, flush });`,
  );
  return bundle;
}

test('a flush is held up for a small part of the exit timeout, and the next one not before an answer', () => {
  const { stdout } = run(
    `counts.own.give(1);
    setEnding(control, 600_000);
    console.log(\`\${await holdUp(1)} \${requests}\`);
    counts.own.export(1);
    console.log(\`\${await holdUp(2)} \${requests}\`);
    answer();
    await new Promise(setImmediate);
    const third = holdUp(3);
    await new Promise(setImmediate);
    answer();
    console.log(\`\${await third} \${requests}\`);`,
    slowBundle(),
  );

  assert.is(stdout, 'held up 1\nnot held up 1\nheld up 2\n');
});

test('operations are not kept for a bundle that cannot be loaded', () => {
  const { stdout } = run(`
    const operation = (() => {
      const object = { isReplayed: false };
      counts.onOperation(object);
      return new WeakRef(object);
    })();
    const isKept = () =>
      new Promise(resolve => {
        // With nothing on the stack that might still refer to it.
        setTimeout(() => {
          gc();
          resolve(operation.deref() !== undefined);
        }, 5);
      });
    console.log(String(await isKept()));
    counts.own.give(1);
    setEnding(control, 5_000);
    await holdUp(1);
    console.log(String(await isKept()), String(counts.onOperation));`);

  assert.is(stdout, 'true\nfalse undefined\n');
});

const outcomes = `
  const away = { kind: 'retryable', reason: 'HTTP 503' };
  const accepted = { kind: 'accepted', rejectedRecords: 0, message: '' };
  const trouble = new MetricsTrouble(url);`;

test('a collector is away from a request it did not answer until one that it did', () => {
  const { stdout, stderr } = run(`${outcomes}
    for (const outcome of [accepted, away, away, accepted]) {
      trouble.note(outcome);
      console.log(String(trouble.isAway));
    }`);

  assert.is(stdout, 'false\ntrue\ntrue\nfalse\n');
  assert.is(stderr, '');
});

test('metrics that are not answered are told of once ten seconds have passed', () => {
  const { stderr } = run(`
    let nowMs = 5;
    const trouble = new MetricsTrouble(url, () => nowMs);
    for (nowMs of [5, 10_004, 10_005, 60_000]) {
      trouble.note({ kind: 'retryable', reason: 'HTTP 503 at ' + nowMs });
    }`);

  const why = 'not answered by https://collector.test/v1/metrics (HTTP 503 at 10005)';
  const line = `Metrics about ourselves are ${why}; they are tried again.`;
  assert.is(stderr, `otel-register: ${line}\n`);
});

for (const [outcome, said] of [
  ["{ kind: 'refused', reason: 'HTTP 404' }", 'refused by PLACE (HTTP 404)'],
  [
    "{ kind: 'accepted', rejectedRecords: 2, message: 'too\\nold' }",
    'rejected in part by PLACE (too\\u{a}old)',
  ],
] as const) {
  test(`metrics that are ${said} are told of once, without credentials`, () => {
    const { stderr } = run(`${outcomes} trouble.note(${outcome}); trouble.note(${outcome});`);

    const place = 'https://collector.test/v1/metrics';
    const line = `Metrics about ourselves are ${said.replace('PLACE', place)}.`;
    assert.is(stderr, `otel-register: ${line}\n`);
  });
}

test.run();
