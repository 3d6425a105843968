import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

const test = suite('propagation/outgoing');

const OURS = 'job_id=7,customer_id=c%201%2C%C3%B6';

const WAYS = {
  near: OURS,
  far: undefined,
  'far-disguised': undefined,
  'near-gateway': undefined,
  proxy: undefined,
  'proxy-near': OURS,
  given: 'job_id=theirs;p=1,x=y,customer_id=c%201%2C%C3%B6',
  'given-twice': 'a=1,job_id=2,customer_id=c%201%2C%C3%B6',
  array: 'job_id=theirs,customer_id=c%201%2C%C3%B6',
  'far-array': undefined,
  fetch: OURS,
  'undici-gateway': undefined,
  'undici-near': OURS,
  'fetch-given': 'job_id=theirs,x=y,customer_id=c%201%2C%C3%B6',
} as const;

for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
  test(`with traces ${OTEL_REGISTER_TRACES}, listed fields go to programs of one's own, in one header`, async () => {
    const seen = await ask(Object.keys(WAYS), { OTEL_REGISTER_TRACES });

    const expected = Object.entries(WAYS).map(([way, baggage]) => [way, baggage ? [baggage] : []]);
    assert.equal(
      seen.map(({ way, baggage }) => [way, baggage]),
      expected,
    );
    // It tells nothing, and whoever traces expects it everywhere.
    for (const { way, traced } of seen)
      assert.is(traced, OTEL_REGISTER_TRACES === 'off' ? 0 : 1, way);
  });
}

test('a redirect to somebody else takes nothing along', async () => {
  const seen = await ask(['redirect'], { OTEL_REGISTER_PROPAGATE_TO: '127.0.0.1' });

  assert.equal(
    seen.map(({ way, baggage }) => [way, baggage]),
    [
      ['redirect', [OURS]],
      ['redirected', []],
    ],
  );
});

for (const [what, env, near, far] of [
  ['nobody is named', { OTEL_REGISTER_PROPAGATE_TO: 'none' }, [], []],
  ['a stranger is named', { OTEL_REGISTER_PROPAGATE_TO: '*.example.com' }, [], [OURS]],
  [
    'another field is named',
    { OTEL_REGISTER_CONTEXT_KEYS: 'password_hint' },
    ['password_hint=not%20listed'],
    [],
  ],
  ['no field is named', { OTEL_REGISTER_CONTEXT_KEYS: 'none' }, [], []],
  ['OTEL_PROPAGATORS leaves it out', { OTEL_PROPAGATORS: 'tracecontext' }, [], []],
] as const) {
  test(`where ${what}, that is followed`, async () => {
    const seen = await ask(['near', 'far'], env);

    assert.equal(
      seen.map(({ baggage }) => baggage),
      [near, far],
    );
  });
}

interface Seen {
  readonly way: string;
  readonly baggage: readonly string[];
  readonly traced: number;
}

async function ask(ways: readonly string[], env: EnvironmentChanges): Promise<readonly Seen[]> {
  const collector = await createReceiver();
  try {
    const { stdout, stderr, code } = await runNode({
      script: 'propagation/asks.cjs',
      args: [ways.join(',')],
      env: { ...endpointOf(collector), OTEL_REGISTER_REQUEST_ID_HEADER: 'off', ...env },
    });
    assert.is(stderr.toString(), '');
    assert.is(code, 0);
    const lines = stdout.toString().trim().split('\n');
    return lines.map(line => JSON.parse(line) as Seen);
  } finally {
    await collector.close();
  }
}

test.run();
