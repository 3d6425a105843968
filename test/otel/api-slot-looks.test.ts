import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runFixture } from './run-fixture.js';

const test = suite('otel/api-slot-looks');

const SLOT = 'opentelemetry.js.api.1';
const WATCHED = `${SLOT} get/set enumerable configurable`;
const PLAIN = `${SLOT} value writable enumerable configurable`;
// The api itself makes it read-only.
const VERSION = 'version value enumerable';
const OWN_PROPAGATION = 'propagation value writable enumerable configurable';

/** Of the global, then of what is in the object there. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'at the start': [WATCHED],
  'after a read': [WATCHED],
  'with a propagator': [WATCHED, VERSION, 'logs get/set configurable', OWN_PROPAGATION],
  'with logs': [PLAIN, VERSION, 'logs value writable enumerable configurable', OWN_PROPAGATION],
  deleted: ['none'],
  'registered anew': [PLAIN, VERSION, OWN_PROPAGATION],
};

const seen = runFixture('looks.cjs');

for (const [step, shapes] of Object.entries(SHAPES)) {
  test(`${step}, the global and its object have these properties`, () => {
    assert.equal(seen[step], shapes);
  });
}

test.run();
