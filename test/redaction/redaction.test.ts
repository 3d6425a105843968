import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedaction } from '../helpers/redaction.js';
import { POSITIVES } from './corpus.js';
import { LOOK_ALIKES } from './look-alikes.js';

const test = suite('redaction/redaction');
const redaction = createRedaction();

test('there are enough examples to judge by', () => {
  assert.ok(POSITIVES.length >= 60 && LOOK_ALIKES.length >= 60);
});

for (const [index, [what, text, left]] of POSITIVES.entries()) {
  test(`${what} is replaced (${index})`, () => {
    assert.is(redaction.text(text), left);
    assert.is(redaction.text(left), left, 'a second time');
    assert.is(redaction.text(`Grüße, ${text}\n終`), `Grüße, ${left}\n終`, 'beside other scripts');
  });
}

for (const text of LOOK_ALIKES) {
  test(`${text.slice(0, 60)} stays`, () => {
    assert.is(redaction.text(text), text);
  });
}

test.run();
