import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SeverityTally } from '../../src/pipeline/severity-tally.js';
import { ERROR, INFO } from '../../src/severity.js';

const test = suite('pipeline/severity-tally');

test('levels are named with their counts', () => {
  const tally = new SeverityTally();
  tally.add(ERROR);
  tally.add(INFO, 2);
  tally.addAll(SeverityTally.ofUnknown(3));

  assert.is(String(tally), '1 ERROR, 2 INFO, 3 of unknown level');
  assert.is(tally.total, 6);
});

// The exporter adds what each ring has dropped, which mostly is nothing.
test('a level without records is not named', () => {
  const tally = new SeverityTally();
  tally.add(0, 0);
  tally.add(INFO);

  assert.is(String(tally), '1 INFO');
});

test.run();
