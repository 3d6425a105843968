import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from './console-records.js';

const test = suite('preload/console-hostile');

test('no hostile argument costs a record, its own or a neighbour', async () => {
  const records = await recordsOf('console/hostile.cjs');

  const before = records.flatMap(({ body }, index) =>
    String(body).startsWith('before ') ? [index] : [],
  );
  assert.ok(before.length > 35);
  // Three calls follow each "before"; one that Node itself cannot print says so instead.
  for (const [position, index] of before.entries()) {
    const next = before[position + 1] ?? records.length - 1;
    assert.is(next - index, 4, String(records[index]!.body));
  }
});

test('errors whose getters throw, log or lie keep every record', async () => {
  const records = await recordsOf('console/hostile-errors.cjs');

  const bodies = records.map(({ body }) => String(body));
  const next = bodies.filter(body => body.startsWith('next '));
  assert.is(next.length, 36);
  for (const wanted of ['lazy', 'revoked cause', 'last'])
    assert.ok(bodies.includes(wanted), wanted);
  const lazy = records.find(({ body }) => body === 'lazy');
  assert.is(lazy!.attributes['exception.type'], 'LazyError');
  assert.is(lazy!.attributes['exception.message'], 'lazy message');
});

for (const [program, count] of [
  ['console/broken-builtins.cjs', 9],
  ['console/hostile-prototypes.cjs', 21],
] as const) {
  test(`${program} costs no record`, async () => {
    const records = await recordsOf(program);

    assert.is(records.length, count);
  });
}

test('a call where little stack is left neither throws nor breaks the next one', async () => {
  const records = await recordsOf(`
    let deepest = 0;
    process.stdout.write = () => true;
    (function dive(depth) {
      deepest = depth;
      try { dive(depth + 1); } catch {}
      if (depth > deepest - 200) try { console.log('at the edge', { depth }); } catch {}
    })(0);
    delete process.stdout.write;
    console.log('after');
  `);

  assert.is(records.at(-1)!.body, 'after');
});

test.run();
