import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plainText } from '../../src/convert/plain-text.js';

const test = suite('convert/plain-text');

const SEQUENCES: readonly (readonly [what: string, text: string, plain: string])[] = [
  ['colours', '\x1b[31mred\x1b[39m, \x1b[1;38;5;208mbold\x1b[m', 'red, bold'],
  ['a colour with colons', '\x1b[38:2::1:2:3mred', 'red'],
  ['a cleared screen', 'a\x1b[2J\x1b[H\x1b[?25lb', 'ab'],
  ['a link', '\x1b]8;;http://a.b/c d\x07text\x1b]8;;\x1b\\!', 'text!'],
  ['a title', '\x1b]0;npm run dev\x07ready', 'ready'],
  ['an image', '\x1b_Gi=1;AAAA\x1b\\shown', 'shown'],
  ['a character set', '\x1b(B\x1b)0text', 'text'],
  ['a saved cursor', '\x1b7text\x1b8\x1b=', 'text'],
];

const KEPT: readonly (readonly [what: string, text: string, plain: string])[] = [
  ['a word between a colour and a bell', '\x1b[31mfailed\x07', 'failed\x07'],
  ['words between a colour and a bell', '\x1b[1;31mE;1;x.js\x1b[0m\x07 end', 'E;1;x.js\x07 end'],
  ['what follows a semicolon', '\x1b[90m;comment', ';comment'],
  ['a sequence that was cut off', 'a\x1b[3', 'a\x1b[3'],
  ['a title without end', '\x1b]0;title', '\x1b]0;title'],
  ['the line behind a title without end', '\x1b]0;t\nnext\x07', '\x1b]0;t\nnext\x07'],
  ['text behind a title without end', '\x1b]0;t\x1b[31mred', '\x1b]0;tred'],
  ['an escape alone', 'a\x1b', 'a\x1b'],
  ['an escape before a line break', '\x1b\n\x1b[1mb', '\x1b\nb'],
];

for (const [what, text, plain] of SEQUENCES) {
  test(`takes away ${what}`, () => assert.is(plainText(text), plain));
}

for (const [what, text, plain] of KEPT) {
  test(`keeps ${what}`, () => assert.is(plainText(text), plain));
}

test('goes through a text of unfinished sequences once', () => {
  const text = '\x1b]0;title '.repeat(200_000);

  const start = performance.now();
  // Not `is`: to show how texts of that length differ takes minutes.
  assert.ok(plainText(text) === text);
  const longMs = performance.now() - start;

  assert.ok(longMs < 5000, `${longMs} ms`);
});

test.run();
