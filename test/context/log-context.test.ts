import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addContext, LogContext } from '../../src/context/log-context.js';
import { LogFields } from '../../src/log-record.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('context/log-context');

test('what a record says itself holds, and the rest of the context joins it', () => {
  const record = logRecord({ attributes: fields({ job_id: 'own', step: 1 }) });

  addContext(record, fields({ job_id: 'bound', request_id: 'r-1' }), 128);

  assert.equal(record.attributes, fields({ job_id: 'own', step: 1, request_id: 'r-1' }));
});

test('a record without attributes gets its own, not those that others share', () => {
  const bound = fields({ a: 1 });
  const record = logRecord();

  addContext(record, bound, 128);

  assert.equal(record.attributes, bound);
  assert.is.not(record.attributes?.keys, bound.keys);
});

test('what is beyond the limit of attributes is counted as dropped', () => {
  const record = logRecord({ attributes: fields({ a: 1 }) });

  addContext(record, fields({ b: 2, c: 3, a: 4 }), 2);

  assert.equal(record.attributes, fields({ a: 1, b: 2 }));
  assert.is(record.droppedAttributes, 1);
});

test('nothing is bound before the first use', () => {
  assert.is(new LogContext().current(), undefined);
});

test('a context ends with the call, also when that throws', () => {
  const context = new LogContext();

  assert.throws(() =>
    context.runWith({ a: 1 }, () => {
      assert.equal(context.current(), new LogFields(['a'], [1]));
      throw new Error('no');
    }),
  );

  assert.is(context.current(), undefined);
});

test('contexts at the same time do not mix, and an inner one adds to its outer one', async () => {
  const context = new LogContext();
  const seen: unknown[] = [];
  const job = (id: number) =>
    context.runWith({ job: id }, async () => {
      await new Promise(resolve => setTimeout(resolve, 5 - id));
      await context.runWith({ step: id * 10 }, async () => {
        await null;
        seen[id] = context.current()?.values;
      });
      assert.equal(context.current()?.values, [id]);
    });

  await context.runWith({ pool: 'fast' }, () =>
    Promise.all([0, 1, 2].map(id => context.runWith({ pool: null }, () => job(id)))),
  );

  assert.equal(seen, [
    [0, 0],
    [1, 10],
    [2, 20],
  ]);
});

test('what is bound by siblings stays theirs', async () => {
  const context = new LogContext();
  const seen: unknown[] = [];

  await context.runWith({}, () =>
    Promise.all(
      [1, 2].map(async id => {
        await null;
        context.bind({ job: id });
        await null;
        seen.push(context.current()?.values);
      }),
    ),
  );

  assert.equal(seen, [[1], [2]]);
});

test.run();
