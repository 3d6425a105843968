import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { programContext, withoutSpans } from '../../src/otel/without-spans.js';

const test = suite('otel/without-spans');

const read = programContext.read;
test.after.each(() => {
  programContext.read = read;
});

test('work is done, and its result handed on, where nobody traces', () => {
  programContext.read = () => undefined;
  assert.is(
    withoutSpans(() => 5),
    5,
  );
});

test('instrumentations of the program are asked to make no spans meanwhile, and only then', () => {
  const manager = new AsyncLocalStorageContextManager().enable();
  programContext.read = () => manager;
  assert.is(
    withoutSpans(() => isTracingSuppressed(manager.active())),
    true,
  );
  assert.is(isTracingSuppressed(manager.active()), false);
});

for (const [what, broken] of Object.entries<Partial<ContextManager>>({
  'has no context': { active: () => undefined as unknown as Context },
  'throws before the work': {
    active: () => ROOT_CONTEXT,
    with: () => {
      throw new Error('broken');
    },
  },
  'throws after the work': {
    active: () => ROOT_CONTEXT,
    with: ((_context: Context, work: () => void) => {
      work();
      throw new Error('broken');
    }) as ContextManager['with'],
  },
  'never runs it': { active: () => ROOT_CONTEXT, with: () => undefined as never },
})) {
  test(`work is done once with a context manager that ${what}`, () => {
    programContext.read = () => broken as ContextManager;
    let times = 0;
    withoutSpans(() => times++);
    assert.is(times, 1);
  });
}

test('what the work throws is thrown', () => {
  const manager = new AsyncLocalStorageContextManager().enable();
  programContext.read = () => manager;
  const work = () => {
    throw new Error('mine');
  };
  assert.throws(() => withoutSpans(work), /mine/);
});

test.run();
