import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Scope } from '../../src/log-record.js';
import { encodeScope, maxScopeBytes } from '../../src/pipeline/encode.js';
import { encodeResource } from '../../src/pipeline/encode-resource.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';
import { decodeLogs } from '../../src/receiver/received-log.js';
import { encode, encodeBatch, fields, logRecord } from '../helpers/log-records.js';

const test = suite('pipeline/batch');

const NONE = new Uint8Array(0);

function scopeBytes(scope: Scope): Uint8Array {
  const writer = new ProtobufWriter(Buffer.alloc(maxScopeBytes(scope)));
  encodeScope(writer, scope);
  return writer.written();
}

function queued(body: string | number, scope: Uint8Array) {
  return { payload: encode(logRecord({ body })), scope };
}

test('records arrive under their resource and scope, each scope once', () => {
  const console = scopeBytes({ name: 'console', version: '1' });
  const winston = scopeBytes({ name: 'winston', attributes: fields({ level: 'silly' }) });
  const records = [queued(1, console), queued(2, winston), queued(3, console)];

  const body = encodeBatch(records, encodeResource({ 'service.name': 'é', n: 1.5, b: true }));

  const received = decodeLogs(body);
  assert.equal(
    received.map(log => [log.body, log.scope.name, log.scope.version, log.scope.attributes]),
    [
      [1, 'console', '1', {}],
      [3, 'console', '1', {}],
      [2, 'winston', '', { level: 'silly' }],
    ],
  );
  assert.equal(received[0]!.resource, { 'service.name': 'é', n: 1.5, b: true });
});

test('a schema URL does not disturb what follows', () => {
  const scope = scopeBytes({ name: 'a', schemaUrl: 'https://example.org/1' });

  assert.is(decodeLogs(encodeBatch([queued('x', scope)], NONE))[0]!.body, 'x');
});

test('records without scope or resource arrive', () => {
  assert.is(decodeLogs(encodeBatch([queued('x', NONE)], NONE))[0]!.scope.name, '');
});

for (const count of [1, 2, 10, 127, 128, 1_000, 20_000]) {
  test(`the lengths of a batch of ${count} are right`, () => {
    const scope = scopeBytes({ name: 'console' });
    const records = Array.from({ length: count }, (_, index) => queued(index, scope));

    const received = decodeLogs(encodeBatch(records, NONE));

    assert.equal(
      received.map(({ body }) => body),
      records.map((_, index) => index),
    );
  });
}

test('a resource of lists and long texts arrives', () => {
  const attributes = { list: ['a', 'é'], long: '€'.repeat(20_000) };

  const { resource } = decodeLogs(encodeBatch([queued('x', NONE)], encodeResource(attributes)))[0]!;

  assert.equal(resource, attributes);
});

test.run();
