import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/log-record.js';
import { Trail, type TrailLimits } from '../../src/noise/trail.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('noise/trail');

const LIMITS: TrailLimits = { maxRecords: 3, maxTotalRecords: 6, maxTotalBytes: 1e6 };

function spanOf(trace: string | undefined) {
  return trace === undefined ? undefined : { traceId: trace, spanId: '1', traceFlags: 1 };
}

function bench(limits?: TrailLimits) {
  const trail = new Trail(limits);
  return {
    trail,
    keep: (trace: string | undefined, ...bodies: string[]) => {
      for (const body of bodies) trail.keep(logRecord({ body, span: spanOf(trace) }));
    },
    release: (trace: string | undefined) => {
      const released: LogRecord[] = [];
      trail.release(logRecord({ span: spanOf(trace) }), record => released.push(record));
      return released.map(({ body }) => body);
    },
  };
}

test('what was kept of a trace is handed over once, oldest first', () => {
  const { keep, release } = bench();
  keep('a', '1');
  keep('b', '2');
  keep('a', '3');

  assert.equal(release('a'), ['1', '3']);
  assert.equal(release('a'), []);
  assert.equal(release('c'), []);
  keep('a', '4');
  assert.equal(release('a'), ['4']);
  assert.equal(release('b'), ['2']);
});

test('records without a trace are one of their own', () => {
  const { keep, release } = bench();
  keep(undefined, '1');
  keep('a', '2');
  keep(undefined, '3');

  assert.equal(release(undefined), ['1', '3']);
  assert.equal(release('a'), ['2']);
});

test('of one trace the latest are kept', () => {
  const { keep, release } = bench(LIMITS);

  keep('a', '1', '2', '3', '4', '5');

  assert.equal(release('a'), ['3', '4', '5']);
});

test('of all traces those go that have been quiet for longest', () => {
  const { keep, release } = bench(LIMITS);
  keep('a', 'a1', 'a2');
  keep('b', 'b1', 'b2');
  keep('a', 'a3');
  keep('c', 'c1', 'c2', 'c3');

  assert.equal(release('b'), []);
  assert.equal(release('a'), ['a1', 'a2', 'a3']);
  assert.equal(release('c'), ['c1', 'c2', 'c3']);
});

test('many traces of one record each stay within the bound', () => {
  const { keep, release } = bench(LIMITS);
  for (let i = 0; i < 1_000; i++) keep(String(i), `r${i}`);

  const kept = Array.from({ length: 1_000 }, (_, i) => release(String(i))).flat();

  assert.equal(kept, ['r994', 'r995', 'r996', 'r997', 'r998', 'r999']);
});

test('bytes are bounded, and one record that is larger than the bound costs no other', () => {
  const { keep, release } = bench({ ...LIMITS, maxTotalBytes: 10_000 });
  keep('a', 'x'.repeat(1_000), 'y'.repeat(1_000));
  keep('b', 'z'.repeat(1_000));
  keep('b', 'w'.repeat(100_000));

  assert.equal(release('a'), ['y'.repeat(1_000)]);
  assert.equal(release('b'), ['z'.repeat(1_000)]);
});

test('the bounds hold again after a release', () => {
  const { keep, release } = bench(LIMITS);
  for (let round = 0; round < 10; round++) {
    keep('a', '1', '2');
    keep('b', '3', '4');
    assert.equal(release('a'), ['1', '2']);
    assert.equal(release('b'), ['3', '4']);
  }
});

test('what is handed over is marked, and as it was when it was logged', () => {
  const trail = new Trail();
  const bytes = new Uint8Array([1, 2, 3]);
  trail.keep(logRecord({ body: 'x', attributes: fields({ bytes }), timeUnixNanoLow: 7 }));
  trail.keep(logRecord({ body: 'y', attributes: fields({ 'log.trail': 'mine' }) }));
  bytes.fill(9);

  const released: LogRecord[] = [];
  trail.release(logRecord(), record => released.push(record));

  assert.is(released[0]!.timeUnixNanoLow, 7);
  const expected = fields({ bytes: new Uint8Array([1, 2, 3]), 'log.trail': true });
  assert.equal(released[0]!.attributes, expected);
  assert.equal(released[1]!.attributes, fields({ 'log.trail': true }));
});

test.run();
