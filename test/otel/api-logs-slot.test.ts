import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runFixture } from './run-fixture.js';

const test = suite('otel/api-logs-slot');

test('a copy of api-logs that only reads logs to us, until it disables logging', () => {
  const report = runFixture('api-logs.cjs');

  assert.equal(report.bodies, ['early', 'late']);
  assert.is(report.loads, 1);
});

test('a provider the application registers wins, for loggers taken earlier too', () => {
  const report = runFixture('api-logs.cjs', { args: ['claim'] });

  assert.is(report.isOurs, true);
  assert.equal(report.own, [
    ['early', 'early'],
    ['late', 'late'],
  ]);
  assert.equal(report.bodies, []);
  assert.is(report.loads, 0);
});

test('a record logged before the application registers its provider is kept by us', () => {
  const report = runFixture('api-logs.cjs', { args: ['emit', 'claim'] });

  assert.equal(report.bodies, ['before']);
  assert.is((report.own as unknown[]).length, 2);
});

test.run();
