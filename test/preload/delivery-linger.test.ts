import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/delivery-linger');

/** From each call to the arrival of its record; a request of its own for each. */
async function measureDelaysMs(collector: Receiver, lingerMs: number): Promise<number[]> {
  await runNode({
    script: 'delivery/blocked-lines.cjs',
    env: { ...endpointOf(collector), OTEL_BLRP_SCHEDULE_DELAY: String(lingerMs) },
  });

  assert.is(collector.records.length, 5);
  assert.is(collector.requests.length, 5);
  return collector.records.map(({ timeUnixNano }, index) => {
    const loggedAtMs = Number(timeUnixNano / 1_000_000n);
    return collector.requests[index]!.receivedAtMs - loggedAtMs;
  });
}

test(
  'a record arrives within about the linger while the program blocks',
  withCollector(async collector => {
    const delaysMs = await measureDelaysMs(collector, 250);

    // The first also waits for the exporter thread to start.
    for (const delayMs of delaysMs.slice(1)) {
      assert.ok(delayMs >= 240 && delayMs < 600, `sent after ${delayMs} ms`);
    }
  }),
);

test(
  'without linger a record arrives at once while the program blocks',
  withCollector(async collector => {
    const delaysMs = await measureDelaysMs(collector, 0);

    for (const delayMs of delaysMs.slice(1)) {
      assert.ok(delayMs < 240, `sent after ${delayMs} ms`);
    }
  }),
);

// The requests that come after a pause, and at the end, are two more than there are intervals.
test(
  'a program that logs slowly and steadily sends a request a second, with all of its records',
  withCollector(async collector => {
    const { durationMs } = await runNode({
      script: 'delivery/slow-lines.cjs',
      env: endpointOf(collector),
    });

    assert.is(collector.records.length, 20);
    const requestCount = collector.requests.length;
    assert.ok(requestCount <= durationMs / 1000 + 2, `${requestCount} in ${durationMs} ms`);
    assert.ok(requestCount > 1, 'all of it came at the end');
  }),
);

test(
  'what is not on disk waits no longer than for its neighbours',
  withCollector(async collector => {
    await runNode({
      script: 'delivery/slow-lines.cjs',
      env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL: 'off' },
    });

    assert.is(collector.records.length, 20);
    assert.ok(collector.requests.length > 4, `${collector.requests.length} requests`);
  }),
);

test(
  'the end of the program does not wait for the linger',
  withCollector(async collector => {
    const { durationMs } = await runNode({
      script: 'delivery/one-line.cjs',
      env: { ...endpointOf(collector), OTEL_BLRP_SCHEDULE_DELAY: '60000' },
    });

    assert.is(collector.records.length, 1);
    assert.ok(durationMs < 20_000, `took ${durationMs} ms`);
  }),
);

test.run();
