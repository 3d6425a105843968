import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from './console-records.js';

const test = suite('preload/console-limits');

test('a body ends at 64 KiB, and says so', async () => {
  const [cut, whole] = await recordsOf(
    `console.log('x'.repeat(65537)); console.log('y'.repeat(65536))`,
  );

  assert.is(cut!.body, 'x'.repeat(65536));
  assert.is(cut!.attributes['log.truncated'], true);
  assert.is(whole!.body, 'y'.repeat(65536));
  assert.is(whole!.attributes['log.truncated'], undefined);
});

test('a record has at most 128 attributes of the program, and counts the others', async () => {
  const [record] = await recordsOf(
    `console.log('many', Object.fromEntries(Array.from({ length: 10000 }, (_, i) => ['k' + i, i])))`,
  );

  assert.is(Object.keys(record!.attributes).filter(key => key.startsWith('k')).length, 128);
  assert.is(record!.droppedAttributesCount, 10000 - 128);
  assert.is(record!.attributes['log.truncated'], true);
});

test('a value ends at 8 KiB, without half a character', async () => {
  const [record] = await recordsOf(
    `console.log('long', { a: 'x'.repeat(8191) + '😀', b: 'short' })`,
  );

  assert.is(record!.attributes.a, 'x'.repeat(8191));
  assert.is(record!.attributes.b, 'short');
  assert.is(record!.attributes['log.truncated'], true);
});

test('nesting ends at a depth of 8', async () => {
  const [record] = await recordsOf(`
    let value = 'bottom';
    for (let i = 0; i < 10000; i++) value = { value };
    console.log('deep', value);
  `);

  let depth = 0;
  let value: unknown = record!.attributes;
  for (; typeof value === 'object' && value !== null; depth++) {
    value = (value as { value?: unknown }).value;
  }
  assert.is(depth, 8);
  assert.is(value, '[Object]');
  assert.is(record!.attributes['log.truncated'], true);
});

test('keys that become equal when they are cut are kept apart', async () => {
  const [record] = await recordsOf(
    `console.log('keys', { ['x'.repeat(1024) + 1]: 1, ['x'.repeat(1024) + 2]: 2 })`,
  );

  assert.equal(Object.keys(record!.attributes).slice(0, 2), [
    'x'.repeat(1024),
    `${'x'.repeat(1024)}.2`,
  ]);
});

test('all text of a record together is bounded, and no key becomes empty', async () => {
  const [record] = await recordsOf(
    `console.log('wide', Object.fromEntries(Array.from({ length: 100 }, (_, i) => ['k' + i, { v: 'x'.repeat(9000) }])))`,
  );

  assert.ok(record!.droppedAttributesCount > 0);
  assert.not.ok('' in record!.attributes);
});

test('OTEL_ATTRIBUTE_*_LIMIT change both limits', async () => {
  const [record] = await recordsOf(`console.log('limited', { a: 'abcdef', b: 1, c: 2 })`, {
    OTEL_ATTRIBUTE_COUNT_LIMIT: '2',
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3',
  });

  assert.is(record!.attributes.a, 'abc');
  assert.is(record!.attributes.c, undefined);
  assert.is(record!.droppedAttributesCount, 1);
});

test('a line of 100 MB costs no neighbour', async () => {
  const records = await recordsOf(`
    console.log('before');
    const { write } = process.stdout;
    process.stdout.write = () => true;
    console.log('x'.repeat(1e8));
    console.log('field', { huge: 'x'.repeat(1e8) });
    process.stdout.write = write;
    console.log('after');
  `);

  assert.equal(
    records.map(({ body }) => String(body).length),
    [6, 65536, 5, 5],
  );
});

test.run();
