// A program that replaces what others use, then has its first record redacted.
import vm from 'node:vm';
import { createRedaction } from '../../src/redaction/redaction.js';
import { fields, logRecord } from '../helpers/log-records.js';

const { defineProperty } = Object;
const HOLDERS: readonly object[] = [
  ...[RegExp.prototype, String.prototype, Array.prototype, Map.prototype, Set.prototype],
  ...[Object, RegExp, Buffer, vm],
];

const redaction = createRedaction({ patterns: [/top-\d+/] });
const record = logRecord({
  body: 'pwd=hunter2, x://u:pw@h, Basic dXNlcjpodW50ZXIy, 4111 1111 1111 1111, top-1',
  attributes: fields({ api_key: 'abc', n: 'token=abcdef' }),
});

const used: string[] = [];
const replaced = HOLDERS.flatMap(holder =>
  Reflect.ownKeys(holder)
    .map(key => ({ holder, key, original: Object.getOwnPropertyDescriptor(holder, key)! }))
    .filter(({ key, original }) => key !== 'constructor' && isReplaceable(original))
    .map(each => ({ ...each, instead: insteadOf(each.key, each.original) })),
);
// From here on without anything that is about to be replaced.
for (let i = 0; i < replaced.length; i++) {
  defineProperty(replaced[i]!.holder, replaced[i]!.key, replaced[i]!.instead);
}
redaction.record(record);
for (let i = 0; i < replaced.length; i++) {
  defineProperty(replaced[i]!.holder, replaced[i]!.key, replaced[i]!.original);
}

if (record.attributes === undefined) throw new Error(used.join());
const { keys, values } = record.attributes;
const attributes = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
process.stdout.write(JSON.stringify({ used, body: record.body, attributes }));

function isReplaceable({ configurable, get, value }: PropertyDescriptor): boolean {
  return configurable === true && (get !== undefined || typeof value === 'function');
}

function insteadOf(key: PropertyKey, { get }: PropertyDescriptor): PropertyDescriptor {
  const instead = () => {
    used[used.length] = String(key);
    throw new Error('replaced');
  };
  if (get !== undefined) return { configurable: true, get: instead };
  return { configurable: true, writable: true, value: instead };
}
