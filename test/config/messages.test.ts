import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/messages');

test('the names of fields are those that go along by HTTP', () => {
  const keys = (given: string) =>
    readConfig({ OTEL_REGISTER_CONTEXT_KEYS: given }).config.messages.contextKeys;

  assert.equal(keys('job_id, run.id'), ['job_id', 'run.id']);
  assert.equal(keys('none'), []);
  assert.ok(keys('').includes('service_required'));
});

const carrierLists: readonly (readonly [
  given: string,
  used: readonly string[],
  problem: RegExp,
])[] = [
  ['redis-streams', ['redis-streams'], /^$/],
  ['REDIS-lists, redis-pubsub', ['redis-pubsub', 'redis-lists'], /^$/],
  ['redis-streams,kafka', ['redis-streams'], /="redis-streams,kafka" is not .*redis-streams\.$/],
  ['redis', [], /="redis" is not a list of .*; using none\.$/],
];
for (const [given, used, problem] of carrierLists) {
  test(`OTEL_REGISTER_PROPAGATE=${given} uses ${used.join() || 'none'}`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_PROPAGATE: given });

    assert.equal(config.messages.redisCarriers, used);
    assert.match(problems.join(), problem);
  });
}

test.run();
