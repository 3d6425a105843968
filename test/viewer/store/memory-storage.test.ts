import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryGeneration } from '../../../src/viewer/store/memory-generation.js';
import { entry } from '../entries.js';

const test = suite('viewer/store/memory-storage');

function bytesWith(...entries: ReturnType<typeof entry>[]): number {
  const generation = new MemoryGeneration(1);
  for (const [index, one] of entries.entries()) generation.add([{ ...one, id: index + 1 }]);
  return generation.bytes;
}

const RESOURCE = { 'service.name': 'api', text: 'x'.repeat(10_000) };

test('a resource counts once, however many requests bring it', () => {
  const one = bytesWith(entry({ resource: RESOURCE }));
  const ten = bytesWith(...Array.from({ length: 10 }, () => entry({ resource: { ...RESOURCE } })));

  assert.ok(one > 20_000, String(one));
  assert.ok(ten < one + 9 * 1000, `${ten} of ten, ${one} of one`);
});

test('resources that differ are kept and counted each', () => {
  const different = ['a', 'b', 'c'].map(name => entry({ resource: { ...RESOURCE, name } }));
  const generation = new MemoryGeneration(1);
  for (const [index, one] of different.entries()) generation.add([{ ...one, id: index + 1 }]);

  assert.ok(generation.bytes > 60_000, String(generation.bytes));
  assert.equal(
    [...generation.read([1, 2, 3])].map(({ origin }) => JSON.parse(origin.resource).name),
    ['a', 'b', 'c'],
  );
});

test('text beyond Latin-1 counts twice', () => {
  const narrow = bytesWith(entry({ body: 'é'.repeat(10_000) }));
  const wide = bytesWith(entry({ body: '語'.repeat(10_000) }));

  assert.ok(wide > narrow + 10_000, `${wide}, ${narrow}`);
});

test('numbers count', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => [`n${index}`, index]);
  const texts = Array.from({ length: 500 }, (_, index) => [`n${index}`, 'a']);

  const with500 = bytesWith(entry({ attributes: Object.fromEntries(numbers) }));
  const without = bytesWith(entry({ attributes: Object.fromEntries(texts) }));

  assert.ok(with500 > without + 50_000, `${with500}, ${without}`);
});

test.run();
