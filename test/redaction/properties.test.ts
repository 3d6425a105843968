import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields, logRecord } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';
import { POSITIVES, TOKENS } from './corpus.js';
import { LOOK_ALIKES } from './look-alikes.js';

const test = suite('redaction/properties');
const redaction = createRedaction();

const PIECES = [
  ...TOKENS.map(([, token]) => token),
  ...POSITIVES.map(([, text]) => text),
  ...LOOK_ALIKES,
  ...['password', 'token', 'cookie', 'authorization', 'card', 'apiKey', 'Bearer ', 'Basic '],
  ...[
    '=',
    ':',
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    ' ',
    '\n',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    '@',
    '://',
    '-',
  ],
  ...['[REDACTED]', '[REDACTED:a1b2]', '-----BEGIN PRIVATE KEY-----', '-----END ', 'sk-', 'eyJ'],
  ...['4111', '1111', '1', '😀', '\ud800', '\u0000', '%20', '\\n', '\u001b[31m'],
];
const piece = fc.constantFrom(...PIECES);
const cut = fc.tuple(piece, fc.nat(60), fc.nat(60)).map(([text, from, to]) => text.slice(from, to));
const anyText = fc.string({ unit: 'binary', maxLength: 20 });
const texts = fc.array(fc.oneof(piece, cut, anyText), { maxLength: 12 }).map(all => all.join(''));
// Of each replacement, there is at least a name's worth or one character in the text.
const MAX_GROWTH = 17;

test('redacting twice is redacting once', () => {
  fc.assert(
    fc.property(texts, text => {
      const once = redaction.text(text);
      assert.is(redaction.text(once), once);
    }),
    { numRuns: 3_000 },
  );
});

test('a text grows no more than by what replaces a secret of one character', () => {
  fc.assert(
    fc.property(texts, text => {
      assert.ok(redaction.text(text).length <= MAX_GROWTH * (text.length + 1));
    }),
    { numRuns: 1_000 },
  );
});

test('a text of letters, digits and spaces, without a run of digits, stays', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom(...'abcxyzABCXYZ019'), maxLength: 15 }));
  fc.assert(
    fc.property(words, all => {
      const text = all.map(word => `${word}x`).join(' ');
      assert.is(redaction.text(text), text);
    }),
  );
});

for (const [what, token] of TOKENS) {
  test(`${what} does not get through, whatever is around it`, () => {
    const around = fc.string({ unit: fc.constantFrom(...' .,;:()"\'<>|/\n=äé終'), maxLength: 8 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        assert.not.ok(redaction.text(`${before}${token}${after}`).includes(token));
      }),
      { numRuns: 50 },
    );
  });
}

test('a record of any fields comes through with as many, each of a different name', () => {
  const value = fc.oneof(texts, fc.double(), fc.boolean(), fc.array(texts, { maxLength: 3 }));
  const named = fc.dictionary(fc.oneof(piece, anyText), value, { maxKeys: 8 });
  fc.assert(
    fc.property(named, texts, (object, body) => {
      const attributes = fields({ ...object, inner: fields(object) });
      const count = attributes.keys.length;
      redaction.record(logRecord({ body, attributes }));
      assert.is(attributes.keys.length, count);
      assert.is(new Set(attributes.keys).size, count);
    }),
    { numRuns: 500 },
  );
});

test.run();
