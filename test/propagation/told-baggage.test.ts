import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ToldBaggage } from '../../src/propagation/told-baggage.js';

const test = suite('propagation/told-baggage');

test('knows what there was before ours, also of what was written on top of ours', () => {
  const told = new ToldBaggage();
  assert.ok(told.isEmpty);

  told.remember('mine=1,job_id=7', 'mine=1');
  told.remember('mine=1,job_id=7,step_id=a', 'mine=1,job_id=7');

  assert.is(told.withoutOurs('mine=1,job_id=7,step_id=a'), 'mine=1');
  assert.is(told.withoutOurs('theirs=1'), 'theirs=1');
  assert.not.ok(told.isEmpty);
});

test('forgets the oldest, and holds no more than some thousand of them', () => {
  const told = new ToldBaggage();
  const header = (i: number) => `job_id=${i},customer_id=${'x'.repeat(200)}`;

  for (let i = 0; i < 10_000; i++) told.remember(header(i), '');

  assert.is(told.withoutOurs(header(9_999)), '');
  assert.is(told.withoutOurs(header(7_000)), '');
  assert.is(told.withoutOurs(header(0)), header(0));
});

test.run();
