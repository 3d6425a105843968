import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absentEndpoint } from '../helpers/away.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Behaviour } from '../receiver/behaviour.js';

// Whatever the collector does, the program prints and ends as it would.

const test = suite('preload/collector-trouble');

const TIMEOUT_MS = 700;
const dropped = (records: string, why: string) =>
  `otel-register: Log records were dropped (${records} so far): ${why}.\n`;

function run(env: Record<string, string>): Promise<RunResult> {
  return runNode({
    script: 'delivery/three-lines-then-7.cjs',
    env: {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret',
      OTEL_REGISTER_EXIT_TIMEOUT_MS: String(TIMEOUT_MS),
      ...env,
    },
  });
}

function assertUnnoticed({ code, signal, stdout, stderr }: RunResult, ourVoice = ''): void {
  assert.is(stdout.toString(), 'one\nthree { n: 3 }\n');
  assert.is(stderr.toString(), `two\n${ourVoice}`);
  assert.is(code, 7);
  assert.is(signal, null);
}

test('a collector that is not there is kept silent about, and not waited for', async () => {
  const result = await run({
    ...(await absentEndpoint()),
    OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
  });

  assertUnnoticed(result);
  assert.ok(result.durationMs < 10_000, `took ${result.durationMs} ms`);
});

test('a name that does not resolve is kept silent about', async () => {
  assertUnnoticed(await run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' }));
});

for (const [what, behaviour] of [
  ['never answers', { hang: true }],
  ['cuts each connection after the headers', { drop: 'headers' }],
  ['cuts each connection after the body', { drop: 'body' }],
  ['answers 429', { status: 429 }],
  ['answers 503', { status: 503 }],
  ['answers 503 and Retry-After', { status: 503, retryAfter: 3600 }],
  ['answers 503 and nonsense for Retry-After', { status: 503, retryAfter: 'soon' }],
  ['answers 502', { status: 502, garbage: true }],
  ['answers after the exit timeout', { delayMs: 5_000 }],
] as [string, Behaviour][]) {
  test(
    `a collector that ${what} is kept silent about for ten seconds`,
    withCollector(
      async collector => {
        const result = await run(endpointOf(collector));

        assertUnnoticed(result);
        assert.ok(result.durationMs < TIMEOUT_MS + 5_000, `took ${result.durationMs} ms`);
        assert.is(collector.countRecords(), 0);
      },
      { behaviour },
    ),
  );
}

for (const status of [301, 400, 401, 404, 413, 500, 501]) {
  test(
    `records that are answered ${status} are dropped, and that is said`,
    withCollector(
      async collector => {
        const result = await run(endpointOf(collector));

        const why = `refused by ${collector.url}/v1/logs (HTTP ${status})`;
        assertUnnoticed(result, dropped('2 INFO, 1 ERROR', why));
        // Three records: whether one of them is to blame is tried out.
        const isOneToBlame = status === 400 || status === 413;
        assert.is(collector.requests.length, isOneToBlame ? 5 : 1);
      },
      { behaviour: { status, message: 'secret' } },
    ),
  );
}

test(
  'what is refused time and again is said once, and the sum at the end',
  withCollector(
    async collector => {
      const result = await run({
        ...endpointOf(collector),
        OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '1',
      });

      const first = dropped('1 INFO', `refused by ${collector.url}/v1/logs (HTTP 401)`);
      assertUnnoticed(
        result,
        `${first}otel-register: 3 log records were dropped in all (2 INFO, 1 ERROR).\n`,
      );
    },
    { behaviour: { status: 401 } },
  ),
);

test(
  'records of which some are rejected are not sent again, and that is said in one line',
  withCollector(async collector => {
    const partialSuccess = { rejectedLogRecords: 2, errorMessage: 'too old\nreally' };
    collector.behave({ partialSuccess }, 1);

    const result = await run(endpointOf(collector));

    const why = `rejected by ${collector.url}/v1/logs (too old\\u{a}really)`;
    assertUnnoticed(result, dropped('2 of unknown level', why));
    // A request more may tell of the loss, if there is time for it.
    const [one, two, three, ...others] = collector.records.map(({ body }) => String(body));
    assert.equal([one, two, three], ['one', 'two', 'three']);
    for (const body of others) assert.match(body, /^Log records were lost/);
  }),
);

for (const [what, behaviour] of [
  ['a warning', { partialSuccess: { rejectedLogRecords: 0, errorMessage: 'deprecated' } }],
  ['garbage', { garbage: true }],
  ['a late answer', { delayMs: 300 }],
  ['status 204', { status: 204 }],
] as [string, Behaviour][]) {
  test(
    `records accepted with ${what} are delivered, and nothing is said`,
    withCollector(
      async collector => {
        assertUnnoticed(await run(endpointOf(collector)));
        assert.equal(
          collector.records.map(({ body }) => body),
          ['one', 'two', 'three'],
        );
      },
      { behaviour },
    ),
  );
}

test(
  'OTEL_REGISTER_DIAGNOSTICS=off silences what is said of dropped records',
  withCollector(
    async collector => {
      assertUnnoticed(await run({ ...endpointOf(collector), OTEL_REGISTER_DIAGNOSTICS: 'off' }));
    },
    { behaviour: { status: 401 } },
  ),
);

test.run();
