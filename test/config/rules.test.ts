import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/rules');

for (const [value, expected] of [
  ['', undefined],
  ['key-value', { path: undefined, use: ['key-value'] }],
  [' Context-IDs , key-value ', { path: undefined, use: ['context-ids', 'key-value'] }],
  ['/etc/rules.yaml', { path: '/etc/rules.yaml', use: [] }],
  ['rules.json', { path: resolve('rules.json'), use: [] }],
  ['./key-value', { path: resolve('key-value'), use: [] }],
  ['key-value,other', { path: resolve('key-value,other'), use: [] }],
] as const) {
  test(`OTEL_REGISTER_RULES=${JSON.stringify(value)} is ${JSON.stringify(expected)}`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_RULES: value });

    assert.equal(config.rules, expected);
    assert.equal(problems, []);
  });
}

for (const [value, signal, count] of [
  ['SIGUSR2', 'SIGUSR2', 0],
  ['sigusr2', 'SIGUSR2', 0],
  ['off', undefined, 0],
  ['', undefined, 0],
  ['SIGUSR1', undefined, 1],
  ['12', undefined, 1],
] as const) {
  test(`OTEL_REGISTER_LEVEL_SIGNAL=${JSON.stringify(value)} is ${signal ?? 'none'}`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_LEVEL_SIGNAL: value });

    assert.is(config.levelSignal, signal);
    assert.is(problems.length, count);
  });
}

test.run();
