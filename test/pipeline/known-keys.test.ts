import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knownKey, rememberKey } from '../../src/pipeline/known-keys.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';

const test = suite('pipeline/known-keys');

test('a key is known once it was written, with what was written', () => {
  assert.is(knownKey('first', 0), undefined);

  write('first');

  const writer = new ProtobufWriter(Buffer.alloc(16));
  writer.run(knownKey('first', 0)!);
  assert.is(Buffer.from(writer.written()).toString(), '\u0005first');
});

test('keys of one length that take turns at one place stay apart', () => {
  for (const key of ['user_id', 'host_ip']) write(key);

  for (const key of ['user_id', 'host_ip', 'user_id', 'host_ip', 'host_ip']) {
    const writer = new ProtobufWriter(Buffer.alloc(16));
    writer.run(knownKey(key, 3)!);
    assert.is(Buffer.from(writer.written()).toString(), `\u0007${key}`);
  }
});

test('a long key is not remembered', () => {
  write('x'.repeat(64));

  assert.is(knownKey('x'.repeat(64), 0), undefined);
});

test('a key that is part of a huge text does not keep that in memory', () => {
  const before = usedMib();

  for (let i = 0; i < 100; i++) write(`${i} ${'x'.repeat(2 ** 20)}`.slice(0, 20));

  assert.ok(knownKey(`99 ${'x'.repeat(17)}`, 0) !== undefined);
  assert.ok(usedMib() - before < 20);
});

test('a flood of keys neither fills the memory nor the place of those that come later', () => {
  let knownCount = 0;
  for (let i = 0; i < 20_000; i++) write(`flood ${i}`);
  for (let i = 0; i < 20_000; i++) if (knownKey(`flood ${i}`, 0) !== undefined) knownCount++;
  assert.ok(knownCount > 0 && knownCount <= 256, `${knownCount} are known`);

  for (let i = 0; i < 20_000 && knownKey('later', 0) === undefined; i++) write('later');

  assert.ok(knownKey('later', 0) !== undefined);
});

function usedMib(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function write(key: string): void {
  if (knownKey(key, 0) !== undefined) return;
  const writer = new ProtobufWriter(Buffer.alloc(128));
  writer.string(key);
  rememberKey(key, writer, 0);
}

test.run();
