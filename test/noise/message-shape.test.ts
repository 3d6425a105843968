import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messageShape } from '../../src/noise/message-shape.js';
import { seededRandom } from '../helpers/seeded-random.js';

const test = suite('noise/message-shape');

for (const [a, b] of [
  ['Job 1 done', 'Job 22222 done'],
  ['Job workflow-123 received', 'Job workflow-7 received'],
  ['took 1.5ms', 'took 12.25ms'],
  ['user 7f3a', 'user 91bc'],
  ['user deadbeef', 'user 0badf00d'],
  ['id 123e4567-e89b-12d3-a456-426614174000', 'id 00000000-aaaa-bbbb-cccc-deadbeeffeed'],
  ['GET /a/1?x=2', 'GET /a/2?x=345'],
  ['job_1 of 3', 'job_2 of 3'],
] as const) {
  test(`"${a}" has the shape of "${b}"`, () => {
    assert.is(messageShape(a), messageShape(b));
  });
}

for (const [a, b] of [
  ['', ' '],
  ['Job done', 'Job failed'],
  ['Job 1 done', 'Job done'],
  ['Job 1 done', 'Job 1 failed'],
  ['add', 'bad'],
  ['a 1', 'a 1 2'],
  ['ab', 'ba'],
  ['größe', 'grüße'],
  ['日本', '日木'],
] as const) {
  test(`"${a}" has another shape than "${b}"`, () => {
    assert.is.not(messageShape(a), messageShape(b));
  });
}

test('a hundred thousand messages of different words have as many shapes', () => {
  const random = seededRandom(7);
  const letters = [...'ghijklmnopqrstuvwxyz'];
  const words = new Set<string>();
  while (words.size < 100_000) {
    let word = '';
    for (let i = 0; i < 8; i++) word += random.pick(letters);
    words.add(word);
  }

  const shapes = new Set([...words].map(word => messageShape(`said ${word}`)));

  assert.is(shapes.size, words.size);
});

test.run();
