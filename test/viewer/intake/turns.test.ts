import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createTurns } from '../../../src/viewer/intake/turns.js';

const test = suite('viewer/intake/turns');

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve));

test('does no more at once than it may, and everything in the end, in order', async () => {
  const inTurn = createTurns(3);
  let busy = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (name: number) => async () => {
    begun.push(name);
    busy++;
    most = Math.max(most, busy);
    await nextTurn();
    busy--;
    if (name % 4 === 1) throw new Error(`${name} failed`);
    return name;
  };
  const names = Array.from({ length: 20 }, (_, name) => name);

  const results = await Promise.allSettled(names.map(name => inTurn(work(name))));

  assert.is(most, 3);
  assert.equal(begun, names);
  const failed = results.flatMap(({ status }, name) => (status === 'rejected' ? name : []));
  assert.equal(failed, [1, 5, 9, 13, 17]);
  assert.is(await inTurn(work(20)), 20);
});

test.run();
