import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { encodeLogs, post, postLogs } from '../helpers/otlp-sender.js';
import { rejects } from '../helpers/rejects.js';
import { createReceiver } from './receiver.js';

const test = suite('receiver/receiver');

test(
  'records keep the order in which their requests were accepted',
  withCollector(async receiver => {
    await postLogs(receiver, 2);
    assert.is(receiver.records.length, 2);
    await post(receiver, encodeLogs([{ body: { stringValue: 'last' } }]));

    assert.equal(
      receiver.records.map(({ body }) => body),
      [0, 1, 'last'],
    );
  }),
);

test(
  'waiting for a count ends with the request that brings it',
  withCollector(async receiver => {
    const waiting = receiver.waitFor(3);

    await postLogs(receiver, 2);
    await postLogs(receiver, 2);

    const { records } = await waiting;
    assert.is(records.length, 4);
  }),
);

test(
  'waiting for what is there already ends at once',
  withCollector(async receiver => {
    await postLogs(receiver);

    await receiver.waitFor(1, 0);
  }),
);

test(
  'waiting in vain rejects and says what arrived',
  withCollector(async receiver => {
    await postLogs(receiver, 2);
    receiver.behave({ status: 503 });
    await postLogs(receiver);

    await rejects(
      receiver.waitFor(3, 20),
      /^Waited 20 ms for 3 records; got 2 records in 2 requests \(200, 503\)\.$/,
    );
  }),
);

test(
  'a condition that throws rejects its own wait, and the request is answered',
  withCollector(async receiver => {
    const waiting = rejects(
      receiver.waitFor(({ requests }) => {
        if (requests.length > 0) throw new Error('looked too early');
        return false;
      }),
      /looked too early/,
    );

    const response = await postLogs(receiver);

    assert.is(response.status, 200);
    await waiting;
  }),
);

test(
  'a receiver that refuses comes back on its port with what it had',
  withCollector(async receiver => {
    const { port } = receiver;
    await postLogs(receiver);

    await receiver.refuse();
    const error = await rejects(postLogs(receiver), /fetch failed/);
    await receiver.reopen();
    await postLogs(receiver);

    assert.is((error.cause as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    assert.is(receiver.port, port);
    assert.is(receiver.countRecords(), 2);
  }),
);

test('a receiver can be closed twice, and while a request waits for its delay', async () => {
  const receiver = await createReceiver({ behaviour: { delayMs: 60_000 } });
  const unanswered = rejects(postLogs(receiver), /fetch failed/);
  await receiver.waitFor(({ requests }) => requests.length === 1);

  await receiver.close();
  await receiver.close();

  await unanswered;
  assert.is(receiver.countRecords(), 0);
});

test.run();
