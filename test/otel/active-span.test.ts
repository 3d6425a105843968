import type { Context, ContextManager } from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readActiveSpan } from '../../src/otel/active-span.js';
import type { RegisteredApi } from '../../src/otel/api-slot.js';

const test = suite('otel/active-span');

const IDS = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};

function withSpan(span: unknown): { registered: RegisteredApi } {
  const active = (): Context => ({ getValue: () => span }) as unknown as Context;
  return { registered: { context: { active } as ContextManager } };
}

function withIds(ids: unknown) {
  return withSpan({ spanContext: () => ids });
}

test("returns the application's own span context", () => {
  assert.is(readActiveSpan(withIds(IDS)), IDS);
});

test('is undefined while nothing is registered, or no context manager', () => {
  assert.is(readActiveSpan({ registered: undefined }), undefined);
  assert.is(readActiveSpan({ registered: { version: '1.9.1' } }), undefined);
  assert.is(readActiveSpan(withSpan(undefined)), undefined);
});

const INVALID: Record<string, unknown> = {
  'a trace id of zeros': { ...IDS, traceId: '0'.repeat(32) },
  'a span id of zeros': { ...IDS, spanId: '0'.repeat(16) },
  'upper-case digits': { ...IDS, traceId: IDS.traceId.toUpperCase() },
  'a short trace id': { ...IDS, traceId: '1' },
  'a numeric span id': { ...IDS, spanId: 1 },
  'no flags': { ...IDS, traceFlags: undefined },
  'no span context': null,
};

for (const [name, ids] of Object.entries(INVALID)) {
  test(`is undefined for ${name}, also after a valid span`, () => {
    readActiveSpan(withIds(IDS));

    assert.is(readActiveSpan(withIds(ids)), undefined);
  });
}

test('is undefined when the context manager or the span throws', () => {
  const fail = () => {
    throw new Error('not ours');
  };

  assert.is(
    readActiveSpan({ registered: { context: { active: fail } as unknown as ContextManager } }),
    undefined,
  );
  assert.is(readActiveSpan(withSpan({ spanContext: fail })), undefined);
  assert.is(readActiveSpan(withSpan('no span')), undefined);
});

test.run();
