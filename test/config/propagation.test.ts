import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_KEYS, DEFAULT_PEERS } from '../../src/config/propagation.js';
import { readConfig } from '../../src/config.js';

const test = suite('config/propagation');

for (const env of [{}, { OTEL_REGISTER_TRACES: 'off' }, { OTEL_PROPAGATORS: 'baggage' }]) {
  test(`with ${JSON.stringify(env)} the usual fields go to programs of one's own`, () => {
    const { config, problems } = readConfig(env);

    assert.equal(config.propagation, { keys: DEFAULT_KEYS, peers: DEFAULT_PEERS });
    assert.equal(problems, []);
  });
}

for (const env of [
  { OTEL_REGISTER_PROPAGATE_TO: 'none' },
  { OTEL_PROPAGATORS: 'tracecontext' },
  { OTEL_PROPAGATORS: 'none', OTEL_REGISTER_TRACES: 'off' },
]) {
  test(`with ${JSON.stringify(env)} nothing goes anywhere`, () => {
    const { config, problems } = readConfig(env);

    assert.is(config.propagation, undefined);
    assert.equal(problems, []);
  });
}

test('lists take the place of the usual ones', () => {
  const { config, problems } = readConfig({
    OTEL_REGISTER_CONTEXT_KEYS: ' tenant, order.id ,',
    OTEL_REGISTER_PROPAGATE_TO: 'Loopback,10.0.0.0/8,*.example.com',
  });

  assert.equal(config.propagation, {
    keys: ['tenant', 'order.id'],
    peers: ['Loopback', '10.0.0.0/8', '*.example.com'],
  });
  assert.equal(problems, []);
});

for (const [name, value, used] of [
  ['OTEL_REGISTER_CONTEXT_KEYS', 'tenant,"x y",order id', 'tenant'],
  ['OTEL_REGISTER_PROPAGATE_TO', 'http://worker,10.0.0.0/40', 'none'],
  ['OTEL_REGISTER_PROPAGATE_TO', 'worker:80,worker', 'worker'],
] as const) {
  test(`${name}=${value} costs one line, and ${used} is used`, () => {
    const { config, problems } = readConfig({ [name]: value });

    assert.is(problems.length, 1);
    assert.match(problems[0]!, name);
    assert.ok(problems[0]!.includes(`using ${used}`), problems[0]);
    const kept = used === 'none' ? undefined : [used];
    const { keys, peers } = config.propagation ?? {};
    assert.equal(name.endsWith('KEYS') ? keys : peers, kept);
  });
}

test.run();
