import type { ChildProcess } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf } from '../helpers/collector.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';

const test = suite('tracing/delivery');

interface Delivered {
  readonly logs: Receiver;
  readonly traces: Receiver;
  readonly result: RunResult;
}

for (const status of [404, 405, 501]) {
  test(`a collector that answers spans with ${status} is asked once, and nobody hears of it`, async () => {
    const { logs, traces, result } = await deliver({ status });

    assert.is(traces.requests.length, 1);
    assert.is(result.stderr.toString(), '');
    assert.is(logs.records.length, 3);
  });
}

test('with OTEL_REGISTER_TRACES=on it is said that spans are refused', async () => {
  const { result } = await deliver({ status: 404 }, { OTEL_REGISTER_TRACES: 'on' });

  assert.match(result.stderr.toString(), /Spans were dropped .*\/v1\/traces \(HTTP 404\)/);
});

test('spans that were refused for the moment are sent again', async () => {
  const logs = await createReceiver();
  const traces = await createReceiver();
  traces.behave({ status: 503, retryAfter: 0 }, 1);
  let child: ChildProcess | undefined;
  const run = runNode({
    script: 'tracing/three-times.cjs',
    env: { ...endpointsOf(logs, traces), STAY: '1' },
    onSpawn: spawned => {
      child = spawned;
    },
  });
  try {
    await traces.waitFor(({ spans }) => spans.length >= 6, 30_000);
  } finally {
    child!.kill('SIGTERM');
    await run;
    await logs.close();
    await traces.close();
  }
  assert.is(traces.spans.length, 6);
});

test('log records do not wait for a collector of spans that hangs, nor does the program for long', async () => {
  const { logs, result } = await deliver({ hang: true }, { OTEL_REGISTER_EXIT_TIMEOUT_MS: '300' });

  assert.is(logs.records.length, 3);
  assert.is(result.code, 0);
});

async function deliver(
  behaviour: Behaviour,
  env: Readonly<Record<string, string>> = {},
): Promise<Delivered> {
  const logs = await createReceiver();
  const traces = await createReceiver();
  traces.behave(behaviour);
  try {
    const result = await runNode({
      script: 'tracing/three-times.cjs',
      env: { ...endpointsOf(logs, traces), ...env },
    });
    return { logs, traces, result };
  } finally {
    await logs.close();
    await traces.close();
  }
}

function endpointsOf(logs: Receiver, traces: Receiver): Record<string, string> {
  return {
    ...endpointOf(logs),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${traces.url}/v1/traces`,
    OTEL_BSP_SCHEDULE_DELAY: '0',
  };
}

test.run();
