import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import type { Behaviour } from '../receiver/behaviour.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/collector-returns');

/** A program that logs numbered lines for as long as `during` takes; it then ends by SIGTERM. */
async function logDuring(collector: Receiver, during: () => Promise<unknown>): Promise<void> {
  let child: ChildProcess | undefined;
  const run = runNode({
    script: 'delivery/lines-until-killed.cjs',
    env: { ...endpointOf(collector), OTEL_BLRP_SCHEDULE_DELAY: '50' },
    onSpawn: spawned => {
      child = spawned;
    },
  });
  try {
    await during();
  } finally {
    child!.kill('SIGTERM');
  }
  const { signal, stderr, stdout } = await run;

  assert.is(signal, 'SIGTERM');
  assert.is(stderr.toString(), '');
  const lines = stdout.toString().trimEnd().split('\n');
  assert.equal(
    collector.records.map(({ body }) => body),
    lines,
  );
}

for (const [what, behaviour] of [
  ['answers 503', { status: 503 }],
  ['answers 429 with Retry-After', { status: 429, retryAfter: 1 }],
  ['cuts connections', { drop: 'body' }],
] as [string, Behaviour][]) {
  test(
    `records of a time when the collector ${what} arrive after it, in order and once`,
    withCollector(async collector => {
      await logDuring(collector, async () => {
        await collector.waitFor(5);
        collector.behave(behaviour, 2);
        const known = collector.countRecords();
        await collector.waitFor(known + 200, 30_000);
      });
    }),
  );
}

test(
  'records of a time when the collector was away arrive after it, in order and once',
  withCollector(async collector => {
    await logDuring(collector, async () => {
      await collector.waitFor(5);
      await collector.refuse();
      await sleep(700);
      await collector.reopen();
      const known = collector.countRecords();
      await collector.waitFor(known + 100, 30_000);
    });
  }),
);

test(
  'a program may start before its collector',
  withCollector(async collector => {
    await collector.refuse();
    await logDuring(collector, async () => {
      await sleep(700);
      await collector.reopen();
      await collector.waitFor(100, 30_000);
    });
  }),
);

for (const [what, behaviour, leastMs] of [
  ['a back-off of at least 800 ms', { status: 503 }, 800],
  ['the two seconds asked for', { status: 429, retryAfter: 2 }, 2_000],
] as [string, Behaviour, number][]) {
  test(
    `the next attempt after a failure waits ${what}`,
    withCollector(async collector => {
      collector.behave(behaviour, 1);
      await logDuring(collector, () => collector.waitFor(1, 30_000));

      const [first, second] = collector.requests;
      const waitedMs = second!.receivedAtMs - first!.receivedAtMs;
      assert.ok(waitedMs >= leastMs - 20, `waited ${waitedMs} ms`);
    }),
  );
}

test(
  'a connection the collector closed as it was used again costs neither record nor time',
  withCollector(async collector => {
    const run = runNode({
      script: 'delivery/blocked-lines.cjs',
      env: { ...endpointOf(collector), OTEL_BLRP_SCHEDULE_DELAY: '0' },
    });
    await collector.waitFor(1);
    collector.behave({ drop: 'headers' }, 1);
    await run;

    assert.is(collector.records.length, 5);
    const { timeUnixNano } = collector.records[1]!;
    const delayMs = collector.requests[1]!.receivedAtMs - Number(timeUnixNano / 1_000_000n);
    assert.ok(delayMs < 500, `arrived after ${delayMs} ms`);
  }),
);

test.run();
