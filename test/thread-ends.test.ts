import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasAnyEnded, ownEnds, ThreadEnds } from '../src/thread-ends.js';

const test = suite('thread-ends');

/** Starts a thread, and takes the ends that it finds of itself. */
function start(
  ends: ThreadEnds,
  code = '',
): { worker: Worker; found: readonly SharedArrayBuffer[] } {
  const noteStarted = ends.begin();
  const found = ownEnds();
  const worker = new Worker(code, { eval: true });
  noteStarted(worker);
  return { worker, found };
}

for (const [how, code] of [
  ['ran to its end', ''],
  ['was terminated', 'for (;;);'],
] as const) {
  test(`a thread that ${how} is known to have ended when the next one starts`, async () => {
    const ends = new ThreadEnds();
    const { worker, found } = start(ends, code);
    if (code !== '') await worker.terminate();
    else await once(worker, 'exit');

    const next = start(ends, 'setInterval(() => {}, 1000)');

    assert.is(hasAnyEnded(found), true);
    assert.is(hasAnyEnded(next.found), false);
    await next.worker.terminate();
  });
}

test('a thread that failed to start leaves nothing behind', () => {
  const ends = new ThreadEnds();

  ends.begin()(undefined);

  assert.equal(ownEnds(), []);
});

test('a thread counts as ended when the one that started it has', () => {
  const [own, ancestor] = [new SharedArrayBuffer(4), new SharedArrayBuffer(4)];

  Atomics.store(new Int32Array(ancestor), 0, 1);

  assert.is(hasAnyEnded([ancestor, own]), true);
  assert.is(hasAnyEnded([own]), false);
  assert.is(hasAnyEnded(undefined), false);
});

test.run();
