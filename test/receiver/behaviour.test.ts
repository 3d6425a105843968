import { performance } from 'node:perf_hooks';
import protobuf from 'protobufjs/light.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OTLP_DESCRIPTOR } from '../../src/receiver/otlp-descriptor.js';
import { withCollector } from '../helpers/collector.js';
import { postLogs } from '../helpers/otlp-sender.js';
import { rejects } from '../helpers/rejects.js';

const test = suite('receiver/behaviour');

async function readAs(name: string, response: Response): Promise<unknown> {
  const type = protobuf.Root.fromJSON(OTLP_DESCRIPTOR).lookupType(name);
  return type.toObject(type.decode(new Uint8Array(await response.arrayBuffer())));
}

test(
  'without being told otherwise it accepts with an empty answer',
  withCollector(async receiver => {
    const response = await postLogs(receiver, 3);

    assert.is(response.status, 200);
    assert.is(response.headers.get('content-type'), 'application/x-protobuf');
    assert.is((await response.arrayBuffer()).byteLength, 0);
    assert.is(receiver.countRecords(), 3);
  }),
);

for (const status of [301, 400, 401, 429, 500, 503]) {
  test(
    `status ${status} refuses the records`,
    withCollector(async receiver => {
      receiver.behave({ status });

      await postLogs(receiver).catch(() => {});

      assert.is(receiver.requests[0]!.status, status);
      assert.is(receiver.requests[0]!.recordCount, 1);
      assert.is(receiver.countRecords(), 0);
    }),
  );
}

test(
  'an error tells when to retry, and its reason',
  withCollector(async receiver => {
    receiver.behave({ status: 429, retryAfter: 7, message: 'The quota is used up.' });

    const response = await postLogs(receiver);

    assert.is(response.headers.get('retry-after'), '7');
    assert.equal(await readAs('RpcStatus', response), { message: 'The quota is used up.' });
  }),
);

test(
  'a partial success names how many records were rejected, and why',
  withCollector(async receiver => {
    receiver.behave({ partialSuccess: { rejectedLogRecords: 2, errorMessage: 'Too old.' } });

    const response = await postLogs(receiver, 3);

    assert.is(response.status, 200);
    const { partialSuccess } = (await readAs('ExportLogsServiceResponse', response)) as {
      partialSuccess: { rejectedLogRecords: unknown; errorMessage: string };
    };
    assert.is(Number(partialSuccess.rejectedLogRecords), 2);
    assert.is(partialSuccess.errorMessage, 'Too old.');
  }),
);

test(
  'a garbage answer cannot be decoded',
  withCollector(async receiver => {
    receiver.behave({ garbage: true });

    const response = await postLogs(receiver);

    await rejects(readAs('ExportLogsServiceResponse', response));
    assert.is(receiver.countRecords(), 1);
  }),
);

test(
  'a delayed answer comes no earlier',
  withCollector(async receiver => {
    receiver.behave({ delayMs: 50 });
    const startedAt = performance.now();

    await postLogs(receiver);

    // A timer may fire up to a millisecond early by this clock.
    assert.ok(performance.now() - startedAt >= 49);
    assert.is(receiver.countRecords(), 1);
  }),
);

test(
  'a hanging receiver takes the request and never answers',
  withCollector(async receiver => {
    receiver.behave({ hang: true });

    const unanswered = rejects(postLogs(receiver), /fetch failed/);
    await receiver.waitFor(({ requests }) => requests.length === 1);

    assert.is(receiver.requests[0]!.status, undefined);
    assert.is(receiver.countRecords(), 0);
    await receiver.refuse();
    await unanswered;
  }),
);

for (const [drop, requests] of [
  ['headers', 0],
  ['body', 1],
] as const) {
  test(
    `a connection dropped after the ${drop} leaves ${requests} requests and no records`,
    withCollector(async receiver => {
      receiver.behave({ drop });

      await rejects(postLogs(receiver), /fetch failed/);

      assert.is(receiver.requests.length, requests);
      assert.is(receiver.countRecords(), 0);
    }),
  );
}

test(
  'a behaviour for two requests ends after two',
  withCollector(async receiver => {
    receiver.behave({ status: 503 }, 1);
    receiver.behave({ status: 429 }, 1);

    for (let sent = 0; sent < 3; sent++) await postLogs(receiver);

    assert.equal(
      receiver.requests.map(({ status }) => status),
      [503, 429, 200],
    );
  }),
);

test.run();
