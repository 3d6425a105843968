// A program that replaces what others use, then has its first record redacted, and what is a secret changed.
import vm from 'node:vm';
import { createLiveRedaction } from '../../src/redaction/live-redaction.js';
import { fields, logRecord } from '../helpers/log-records.js';

const { defineProperty } = Object;
const HOLDERS: readonly object[] = [
  ...[RegExp.prototype, String.prototype, Array.prototype, Map.prototype, Set.prototype],
  ...[Object, RegExp, Buffer, vm, Reflect],
  ...[Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(''[Symbol.iterator]())],
];

const rules = { redact: { keys: ['ssn'] } };
const redaction = createLiveRedaction({ keys: ['iban'] }, rules);
const changed = { keys: ['tax-Nummer'], patterns: [{ source: 'TOP-\\d+', flags: 'gi' }] };
const record = logRecord({
  body: 'pwd=hunter2, x://u:pw@h, Basic dXNlcjpodW50ZXIy, 4111 1111 1111 1111, top-1',
  attributes: fields({ api_key: 'abc', n: 'token=abcdef', ssn: '1', iban: '2' }),
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
rules.redact = changed;
redaction.record(record);
const text = redaction.text('TAX-NUMMER=hunter2');
for (let i = 0; i < replaced.length; i++) {
  defineProperty(replaced[i]!.holder, replaced[i]!.key, replaced[i]!.original);
}

if (record.attributes === undefined) throw new Error(used.join());
const { keys, values } = record.attributes;
const attributes = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
process.stdout.write(JSON.stringify({ used, body: record.body, attributes, text }));

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
