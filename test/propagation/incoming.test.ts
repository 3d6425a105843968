import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';
import { runTwoPrograms, SERVER } from '../tracing/two-programs.js';

const test = suite('propagation/incoming');

for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
  test(`with traces ${OTEL_REGISTER_TRACES}, what the caller has bound is on the lines of who is called`, async () => {
    const env = { OTEL_REGISTER_TRACES };
    const { records, spans } = await runTwoPrograms({
      client: 'propagation/asks-other.cjs',
      clientEnv: env,
      serverEnv: env,
    });

    const linesOf = (path: string) => records.filter(({ attributes }) => attributes.path === path);
    assert.is(linesOf('/asked').length, 2);
    for (const { attributes } of linesOf('/asked')) {
      const { request_id, customer_id, password_hint } = attributes;
      assert.equal([request_id, customer_id, password_hint], ['r-1', 'c 1,ö', undefined]);
    }
    for (const { attributes } of linesOf('/unbound')) {
      assert.match(String(attributes.request_id), /^req_/);
      assert.is(attributes.customer_id, undefined);
    }
    const served = spans.filter(
      ({ kind, attributes }) => kind === SERVER && attributes['url.path'] === '/asked',
    );
    assert.equal(
      served.map(({ attributes }) => [attributes.request_id, attributes.customer_id]),
      OTEL_REGISTER_TRACES === 'off' ? [] : [['r-1', 'c 1,ö']],
    );
  });
}

const FORGED = { baggage: 'customer_id=forged,request_id=forged,other=forged' };
const ELSEWHERE = { OTEL_REGISTER_PROPAGATE_TO: 'worker,192.0.2.0/24' };

for (const [what, headers, env, isBelieved] of [
  ['from a peer', {}, {}, true],
  ['from a peer behind a proxy of ours', { 'x-forwarded-for': '10.0.0.1' }, {}, true],
  ['from a stranger behind a proxy of ours', { 'x-forwarded-for': '8.8.8.8' }, {}, false],
  ['from a stranger', {}, ELSEWHERE, false],
  ['from a stranger who says he is not', { 'x-forwarded-for': '192.0.2.1' }, ELSEWHERE, false],
] as const) {
  for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
    test(`with traces ${OTEL_REGISTER_TRACES}, baggage ${what} is ${isBelieved ? '' : 'not '}believed, nor handed on`, async () => {
      const { collector, stdout } = await serve([], { OTEL_REGISTER_TRACES, ...env }, headers);

      const { attributes } = collector.records[0]!;
      assert.is(attributes.customer_id, isBelieved ? 'forged' : undefined);
      if (isBelieved) assert.is(attributes.request_id, 'forged');
      else assert.match(String(attributes.request_id), /^req_/);
      const spanFields = collector.spans.map(span => span.attributes.customer_id);
      assert.is(spanFields.includes('forged'), isBelieved && OTEL_REGISTER_TRACES === 'auto');

      const [near, far] = linesOf(stdout).map(([, baggage]) => baggage.join());
      assert.is(near!.includes('customer_id=forged'), isBelieved);
      assert.is(near!.includes('other=forged'), isBelieved && OTEL_REGISTER_TRACES === 'auto');
      assert.is(far, '');
    });
  }
}

for (const api of ['api-1.9', '@opentelemetry/api']) {
  test(`where the program traces with ${api}, ours joins its own baggage in one header, near only`, async () => {
    const { stdout, collector } = await serve([api], {}, { baggage: 'job_id=a,customer_id=c' });

    const joined = 'job_id=own,request_id=ID,customer_id=c';
    assert.equal(linesOf(stdout), [
      ['worker', [joined]],
      ['api.example.com', ['job_id=own']],
      ['127.0.0.1', [joined]],
    ]);
    assert.is(collector.spans.length, 0);
  });
}

interface Served {
  readonly collector: Receiver;
  readonly stdout: string;
}

async function serve(
  args: readonly string[],
  env: EnvironmentChanges,
  headers: Readonly<Record<string, string>>,
): Promise<Served> {
  const collector = await createReceiver();
  let asking: Promise<unknown> | undefined;
  const run: Promise<RunResult> = runNode({
    script: 'propagation/relay.cjs',
    args,
    env: { ...endpointOf(collector), ...env },
    onSpawn: child => {
      asking = listeningUrl(child).then(url =>
        fetch(`${url}/end`, { headers: { ...FORGED, ...headers } }).then(each => each.text()),
      );
      // The server ends as it answers.
      asking.catch(() => {});
    },
  });
  try {
    const { stdout } = await run;
    return { collector, stdout: stdout.toString() };
  } finally {
    await collector.close();
  }
}

function linesOf(stdout: string): [host: string, baggage: string[]][] {
  const lines = stdout.split('\n').filter(line => line.startsWith('['));
  return lines.map(line => JSON.parse(line.replace(/req_[\da-f-]{36}/, 'ID')));
}

test.run();
