import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporterEnvironment, readConfig } from '../../src/config.js';

const test = suite('config/resource-attributes');

for (const [value, bad] of [
  ['team=core,oops,tier=1', 'oops'],
  ['=x,team=core', '=x'],
  ['team=core,load=100%', 'load=100%'],
] as const) {
  test(`OTEL_RESOURCE_ATTRIBUTES="${value}" costs one line that names ${bad}`, () => {
    const { problems } = readConfig({ OTEL_RESOURCE_ATTRIBUTES: value });

    assert.is(problems.length, 1);
    assert.match(problems[0]!, /^OTEL_RESOURCE_ATTRIBUTES has an entry that is not /);
    assert.match(problems[0]!, `: "${bad}"; using the other entries.`);
  });
}

test('well-formed resource attributes cost no line', () => {
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'a=b, c=%20d,e=f=g,', OTEL_SERVICE_NAME: 'shop' };

  assert.equal(readConfig(env).problems, []);
});

test('a quoted service name is used without its quotes', () => {
  const env = { OTEL_SERVICE_NAME: '"shop"' };
  const { config, problems } = readConfig(env);

  assert.is(exporterEnvironment(env, config).OTEL_SERVICE_NAME, 'shop');
  assert.equal(problems, [
    'OTEL_SERVICE_NAME="\\"shop\\"" has surrounding quotes; using it without them.',
  ]);
});

test.run();
