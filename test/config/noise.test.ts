import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';
import { DEBUG, ERROR, INFO, TRACE } from '../../src/severity.js';

const test = suite('config/noise');

test('by default errors have call sites, and nothing is held back or kept', () => {
  const { config, problems } = readConfig({});

  assert.equal(problems, []);
  assert.is(config.callSiteSeverity, ERROR);
  assert.is(config.hasFold, false);
  assert.is(config.maxPerSecond, Infinity);
  assert.is(config.trailSeverity, Infinity);
});

for (const [value, severity] of [
  ['all', 0],
  ['ERROR', ERROR],
  ['off', Infinity],
] as const) {
  test(`OTEL_REGISTER_CALL_SITES=${value} is for ${severity} and above`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_CALL_SITES: value });

    assert.is(config.callSiteSeverity, severity);
    assert.equal(problems, []);
  });
}

for (const [value, perSecond] of [
  ['100', 100],
  ['100/s', 100],
  ['6000/m', 100],
  ['30/M', 0.5],
  ['3600/h', 1],
  ['5 / s', 5],
  ['off', Infinity],
  ['', Infinity],
] as const) {
  test(`OTEL_REGISTER_RATE_LIMIT=${value} is ${perSecond} a second`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_RATE_LIMIT: value });

    assert.is(config.maxPerSecond, perSecond);
    assert.equal(problems, []);
  });
}

for (const value of ['0', '-1', '1.5', '100/d', 'many', '1e3', '100/s/s', '9999999999']) {
  test(`OTEL_REGISTER_RATE_LIMIT=${value} is rejected`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_RATE_LIMIT: value });

    assert.is(config.maxPerSecond, Infinity);
    const fault = 'is not a number of records like 100/s, 6000/m or off; using off.';
    assert.equal(problems, [`OTEL_REGISTER_RATE_LIMIT="${value}" ${fault}`]);
  });
}

for (const [value, severity] of [
  ['debug', DEBUG],
  ['TRACE', TRACE],
  ['off', Infinity],
] as const) {
  test(`OTEL_REGISTER_TRAIL=${value} keeps from ${severity} on`, () => {
    const env = { OTEL_REGISTER_TRAIL: value, OTEL_REGISTER_LOG_LEVEL: 'warn' };
    const { config, problems } = readConfig(env);

    assert.is(config.trailSeverity, severity);
    assert.equal(problems, []);
  });
}

test('a trail of what is sent in any case is told of', () => {
  const { config, problems } = readConfig({ OTEL_REGISTER_TRAIL: 'info' });

  assert.is(config.trailSeverity, INFO);
  assert.equal(problems, ['OTEL_REGISTER_TRAIL="info" changes nothing: these are all sent.']);
});

test('OTEL_REGISTER_TRAIL=loud and OTEL_REGISTER_FOLD=twice are rejected', () => {
  const { problems } = readConfig({ OTEL_REGISTER_TRAIL: 'loud', OTEL_REGISTER_FOLD: 'twice' });

  assert.is(problems.length, 2);
  assert.match(problems[0]!, 'OTEL_REGISTER_FOLD="twice" is not');
  assert.is(
    problems[1],
    'OTEL_REGISTER_TRAIL="loud" is not trace, debug, info, warn or off; using off.',
  );
});

test.run();
