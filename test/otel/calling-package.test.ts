import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runFixture } from './run-fixture.js';

const test = suite('otel/calling-package');

for (const what of [
  'leaves Error alone',
  'sets prepareStackTrace',
  'sets stackTraceLimit to 0',
  'makes both accessors',
  'freezes Error',
  'replaces Error',
]) {
  test(`a program that ${what} sees nothing of it, and its api is recognised`, () => {
    const report = runFixture('own-error.cjs', { args: [what] });

    assert.equal(report.bodies, ['read', 'read by the older']);
    assert.is(report.seen, 0);
    assert.is(report.areKeysTheSame, true);
  });
}

test.run();
