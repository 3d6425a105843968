import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogContext } from '../../src/context/log-context.js';
import { JobRunner } from '../../src/messages/job-runner.js';
import { MessageFields } from '../../src/messages/message-fields.js';
import type { Tracing } from '../../src/tracing/tracing.js';

const test = suite('messages/job-runner');

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const IDS = { traceId: TRACE, spanId: SPAN, traceFlags: 1, isRemote: true };
const CARRIER = { traceparent: `00-${TRACE}-${SPAN}-01`, baggage: 'request_id=r-1,other=x' };
const JOB = { id: '7', queue: 'render', attempt: 1, data: {}, carrier: CARRIER };

interface Started {
  readonly links: readonly { readonly context: object }[];
}

function createRunner(hasTracePerAttempt: boolean) {
  const started: Started[] = [];
  const ended: string[] = [];
  const end = () => ended.push('span');
  const span = { spanContext: () => IDS, end, setAttribute() {}, setStatus() {} };
  const startSpan = (_name: string, options: Started) => {
    started.push(options);
    return span;
  };
  const active = { provider: { getTracer: () => ({ startSpan }) } };
  const context = new LogContext();
  const runner = new JobRunner({
    context,
    fields: new MessageFields(['job_id', 'step_id']),
    contextKeys: ['request_id'],
    hasTracePerAttempt,
    tracing: { active } as unknown as Tracing,
    ownManager: () => undefined,
  });
  return { context, runner, started, ended };
}

for (const [isPerAttempt, links] of [
  [true, [IDS]],
  [false, []],
] as const) {
  test(`a trace per ${isPerAttempt ? 'attempt' : 'job'} has ${links.length} links`, async () => {
    const { runner, started } = createRunner(isPerAttempt);

    await runner.run(JOB, {}, async () => {});

    assert.equal(
      started.map(each => each.links.map(({ context }) => context)),
      [links],
    );
  });
}

test('what a job is bound to ends with it, and what it was told is not its own', () => {
  const { context, runner } = createRunner(false);
  const fields = () => context.current() && { ...context.current() };

  const seen = runner.run({ ...JOB, data: { step_id: 's', request_id: 'no' } }, {}, fields);

  assert.equal(seen, {
    keys: ['request_id', 'job_id', 'queue', 'attempt', 'step_id'],
    values: ['r-1', '7', 'render', 1, 's'],
  });
  assert.is(fields(), undefined);
});

test('what a job throws, and answers, is the program’s', () => {
  const { runner } = createRunner(false);
  const error = new Error('own');

  assert.is(
    runner.run(JOB, {}, () => 5),
    5,
  );
  assert.throws(
    () =>
      runner.run(JOB, {}, () => {
        throw error;
      }),
    (thrown: unknown) => thrown === error,
  );
});

test('a job whose error cannot be read answers as without us, and its span ends', async () => {
  const { runner, ended } = createRunner(false);
  const key = {};
  const unreadable = {
    get name(): never {
      throw new Error('getter');
    },
  };

  runner.noteFailure(key, unreadable);
  const answered = runner.run(JOB, key, () => 5);
  runner.noteFailure(key, unreadable);
  await runner.run(JOB, key, async () => {});

  assert.is(answered, 5);
  assert.equal(ended, ['span', 'span']);
});

test('a job that no span can be made of runs without one', () => {
  const { runner } = createRunner(false);
  const queue = { toString: () => Symbol() };

  assert.is(
    runner.run({ ...JOB, queue }, {}, () => 5),
    5,
  );
});

test.run();
