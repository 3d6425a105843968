import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/propagation');

const KEYS = readConfig({}).config.propagation.contextKeys;

const keyLists: readonly (readonly [given: string, keys: readonly string[], problems: number])[] = [
  ['job_id', ['job_id'], 0],
  [' job_id , run.id,,job_id', ['job_id', 'run.id'], 0],
  ['off', [], 0],
  ['', KEYS, 0],
  [',', KEYS, 1],
  ['job id', KEYS, 1],
  [Array.from({ length: 33 }, (_, n) => `k${n}`).join(), KEYS, 1],
];
for (const [given, keys, count] of keyLists) {
  test(`the keys ${given.slice(0, 30)} are ${keys.join().slice(0, 30)}`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_CONTEXT_KEYS: given });

    assert.equal(config.propagation.contextKeys, keys);
    assert.is(problems.length, count);
  });
}

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

    assert.equal(config.propagation.redisCarriers, used);
    assert.match(problems.join(), problem);
  });
}

test.run();
