import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { says, ToldLines } from '../../src/winston/told-lines.js';

const test = suite('winston/told-lines');

const SAYING: readonly (readonly [printed: string, text: string, isSaid: boolean])[] = [
  ['text', 'text', true],
  ['info: text', 'text', true],
  ['[text]', 'text', true],
  ['\x1b[32minfo\x1b[39m: text', 'text', true],
  ['info: text', '\x1b[32mtext\x1b[39m', true],
  ['{"message":"he said \\"no\\"","level":"info"}', 'he said "no"', true],
  ['{"message":"two\\nlines"}', 'two\nlines', true],
  ['a context of words', 'text', false],
  ['texts', 'text', false],
  ['subtext, then text', 'text', true],
  ['job 12 done', 'job 1', false],
  ['anything', '', false],
];

for (const [printed, text, isSaid] of SAYING) {
  test(`${JSON.stringify(printed)} ${isSaid ? 'says' : 'does not say'} ${JSON.stringify(text)}`, () => {
    assert.is(says(printed, text), isSaid);
  });
}

test('what is no text is not said', () => {
  assert.is(says('undefined', undefined), false);
  assert.is(says('5', 5), false);
});

test('a line that was told is taken once', () => {
  const lines = new ToldLines();
  lines.add(['text', 'level: text'], 1);

  assert.equal(
    ['other', 'text', 'text', 'level: text'].map(line => lines.take(line)),
    [false, true, false, false],
  );
});

test('what is never printed does not add up', () => {
  const lines = new ToldLines();
  for (let n = 0; n < 2001; n++) lines.add([`line ${n}`], 1);

  assert.equal([lines.take('line 0'), lines.take('line 2000')], [false, true]);
});

test.run();
