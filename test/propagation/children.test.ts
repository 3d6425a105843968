import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NODE_VERSION } from '../helpers/node-version.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('propagation/children');

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TOLD = {
  TRACEPARENT: `00-${TRACE_ID}-b7ad6b7169203331-01`,
  TRACESTATE: 'vendor=1',
  BAGGAGE: 'job_id=job-1,step_id=%C3%A4%202,tenant=blue%2C%20green',
  OTEL_REGISTER_CONTEXT: 'job_id,step_id',
};
const FIELDS = { job_id: 'job-1', step_id: 'ä 2' };

const [major, minor] = NODE_VERSION.slice(1).split('.').map(Number) as [number, number];
const hasExecve = major > 22 || (major === 22 && minor >= 15);

const ways = [
  'spawn',
  'spawn without options',
  'spawn by a shell',
  'exec',
  'execFile',
  'fork',
  'spawnSync',
  'execSync',
  'execFileSync',
  'cluster',
  ...(hasExecve ? ['execve'] : []),
];

for (const how of ways) {
  test(
    `a child of ${how} is told the trace and the fields, and goes on with them`,
    withCollector(async collector => {
      const told = await run(collector, [how]);

      assert.equal(told, TOLD);
      assert.equal(childLines(collector), [
        ['child', TRACE_ID, FIELDS],
        ['child later', TRACE_ID, FIELDS],
      ]);
    }),
  );

  test(
    `a child of ${how} is told nothing where nothing goes on`,
    withCollector(async collector => {
      assert.equal(await run(collector, [how, 'nowhere']), {});
      assert.equal(childLines(collector), [
        ['child', '', {}],
        ['child later', '', {}],
      ]);
    }),
  );
}

test(
  'a program that passes a TRACEPARENT of its own wins',
  withCollector(async collector => {
    const told = await run(collector, ['spawn with an environment of its own']);

    assert.equal(told, {
      TRACEPARENT: 'mine',
      BAGGAGE: TOLD.BAGGAGE,
      OTEL_REGISTER_CONTEXT: 'job_id,step_id',
    });
  }),
);

test(
  'what the program was given itself goes on to a child, and not where something newer does',
  withCollector(async collector => {
    const given = {
      TRACEPARENT: '00-11111111111111111111111111111111-2222222222222222-00',
      TRACESTATE: 'old=1',
      BAGGAGE: 'job_id=job-0,color=red',
      OTEL_REGISTER_CONTEXT: 'job_id',
    };

    assert.equal(await run(collector, ['spawn', 'nowhere'], given), given);
    assert.equal(await run(collector, ['spawn'], given), {
      ...TOLD,
      BAGGAGE: `${TOLD.BAGGAGE},color=red`,
    });
  }),
);

test(
  'baggage that is nobody’s context is not on records',
  withCollector(async collector => {
    await run(collector, ['spawn', 'nowhere'], { BAGGAGE: 'job_id=theirs' });

    assert.equal(
      childLines(collector).map(([, , fields]) => fields),
      [{}, {}],
    );
  }),
);

test(
  'OTEL_REGISTER_PROPAGATE_CHILDREN=off tells children nothing, and takes nothing up',
  withCollector(async collector => {
    const off = { OTEL_REGISTER_PROPAGATE_CHILDREN: 'off' };

    assert.equal(await run(collector, ['spawn'], off), {});
    await run(collector, ['spawn', 'nowhere'], { ...off, TRACEPARENT: TOLD.TRACEPARENT });
    assert.equal([...new Set(childLines(collector).map(([, trace]) => trace))], ['']);
  }),
);

const { TRACEPARENT, TRACESTATE, BAGGAGE, OTEL_REGISTER_CONTEXT } = TOLD;
for (const [OTEL_PROPAGATORS, expected] of [
  ['none', {}],
  ['tracecontext', { TRACEPARENT, TRACESTATE }],
  ['baggage', { BAGGAGE, OTEL_REGISTER_CONTEXT }],
  ['tracecontext,baggage', TOLD],
] as const) {
  test(
    `with OTEL_PROPAGATORS=${OTEL_PROPAGATORS} a child is told ${Object.keys(expected).join() || 'nothing'}`,
    withCollector(async collector => {
      assert.equal(await run(collector, ['spawn'], { OTEL_PROPAGATORS }), expected);
    }),
  );
}

async function run(
  collector: Receiver,
  args: readonly string[],
  env: EnvironmentChanges = {},
): Promise<unknown> {
  const { stdout, stderr, code } = await runNode({
    preload: false,
    script: 'propagation/starts.cjs',
    args,
    env: { ...endpointOf(collector), ...env, NODE_OPTIONS: `--import ${PACKAGE_NAME}` },
  });
  assert.is(code, 0, stderr.toString());
  return JSON.parse(stdout.toString());
}

function childLines({
  records,
}: Receiver): (readonly [body: unknown, trace: string, fields: object])[] {
  return records
    .filter(({ body }) => String(body).startsWith('child'))
    .map(({ body, traceId, attributes }) => {
      const fields = Object.entries(attributes).filter(([key]) => /_id$/.test(key));
      return [body, traceId, Object.fromEntries(fields)] as const;
    });
}

test.run();
