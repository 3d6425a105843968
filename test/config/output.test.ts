import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/output');

const NAME = 'OTEL_REGISTER_LOG_FORMAT';

for (const [value, expected] of [
  [undefined, undefined],
  ['', undefined],
  ['json', 'json'],
  [' JSON ', 'json'],
  ['Console', 'console'],
] as const) {
  test(`${NAME}=${JSON.stringify(value)} is ${expected}`, () => {
    const { config, problems } = readConfig({ [NAME]: value });

    assert.is(config.logFormat, expected);
    assert.equal(problems, []);
  });
}

test('a format there is not costs one line, and leaves the output as it is', () => {
  const { config, problems } = readConfig({ [NAME]: 'pretty' });

  assert.is(config.logFormat, undefined);
  assert.equal(problems, [`${NAME}="pretty" is not json or console; leaving the output as it is.`]);
});

for (const [env, expected] of [
  [{}, undefined],
  [{ OTEL_SERVICE_NAME: 'a' }, 'a'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=b%20c,x=y' }, 'b c'],
  [{ OTEL_SERVICE_NAME: 'a', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b' }, 'a'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=' }, undefined],
] as const) {
  test(`the service of ${JSON.stringify(env)} is ${expected}`, () => {
    assert.is(readConfig({ [NAME]: 'json', ...env }).config.serviceName, expected);
  });
}

test.run();
