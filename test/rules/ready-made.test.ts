import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields } from '../helpers/log-records.js';
import { attributesOf, consoleRecord, rulesOf } from './rules-of.js';

const test = suite('rules/ready-made');

const IDS: readonly [message: string, ids: object][] = [
  [
    'Job completed for customer abc123 using comfyui service',
    { customer_id: 'abc123', service_required: 'comfyui' },
  ],
  [
    'Job workflow-123 received for customer abc123',
    { job_id: 'workflow-123', customer_id: 'abc123' },
  ],
  ['Job workflow-123 failed', { job_id: 'workflow-123' }],
  ['Job failed', {}],
  ['Job failed: job_id=failed', { job_id: 'failed' }],
  ['jobId: abc, stepId: "s"', { job_id: 'abc', step_id: 's' }],
  ['[job 5] step 2/9 of task #a, session-id x', { job_id: '5', task_id: 'a', session_id: 'x' }],
  ['request_id=req_0f8fad5b-d9cb-469f.', { request_id: 'req_0f8fad5b-d9cb-469f' }],
  ['Request timed out after 30 s', {}],
  ['task job 15', { job_id: '15' }],
  ['Retrying task 3 times, step 2 of 5', {}],
  ['customers 12 and cat-job 5', {}],
  ['service_required: sim, Service 5', { service_required: 'sim' }],
  ['Customer: 42; CUSTOMER 43', { customer_id: '42' }],
  ['', {}],
];

for (const [body, ids] of IDS) {
  test(`context-ids finds ${JSON.stringify(ids)} in ${JSON.stringify(body)}`, () => {
    assert.equal(attributesOf(rulesOf('use: context-ids'), { body }), ids);
  });
}

const PAIRS: readonly [message: string, pairs: object][] = [
  ['done status=ok duration=5', { status: 'ok', duration: '5' }],
  ['status: ok, duration: 5.', { status: 'ok', duration: '5' }],
  ['model="flux dev" size=\'32 GB\'', { model: 'flux dev', size: '32 GB' }],
  ['Job failed: timeout', {}],
  ['Processing job_id: 7 retryCount: 2', { job_id: '7', retryCount: '2' }],
  ['note: this is a sentence', {}],
  ['Error: boom', {}],
  ['GET /x?job=5&b=6 http://a.b/c', {}],
  ['at 12:30:45, ratio 3:4', {}],
  ['Sizes { width: 5, height: 6 }', { width: '5', height: '6' }],
  ['a=1 a=2', { a: '1' }],
  ['a==b x => y c= d', {}],
  ['log.level=x thread.id=1', { 'user.log.level': 'x', 'user.thread.id': '1' }],
  ['(took=5ms), [n=3]', { took: '5ms', n: '3' }],
];

for (const [body, pairs] of PAIRS) {
  test(`key-value finds ${JSON.stringify(pairs)} in ${JSON.stringify(body)}`, () => {
    assert.equal(attributesOf(rulesOf('use: key-value'), { body }), pairs);
  });
}

test('both are applied in addition to the rule that decides, but to nothing that is dropped', () => {
  const rules = rulesOf(`
    use: [key-value, context-ids]
    rules: [{ match: { message: noise }, drop: true }, { severity: warn, add: { a: rule } }]
  `);

  assert.is(rules.apply(consoleRecord({ body: 'noise a=1' })), false);
  assert.equal(attributesOf(rules, { body: 'job 7 a=1 b=2' }), { a: 'rule', job_id: '7', b: '2' });
});

test('attributes of the program stay', () => {
  const attributes = fields({ job_id: 'own' });

  assert.equal(attributesOf(rulesOf('use: context-ids'), { body: 'job 7', attributes }), {
    job_id: 'own',
  });
});

test('no message takes long, whatever is in it', () => {
  const rules = rulesOf('use: [key-value, context-ids]');
  const pieces = [
    'a=',
    '= ',
    'a: ',
    'job ',
    'a',
    "'",
    '"',
    ' ',
    'job_id=',
    'using ',
    'service',
    '_',
  ];
  const startedAtMs = performance.now();

  for (const first of pieces) {
    for (const second of pieces) {
      const body = (first + second).repeat(1024);
      attributesOf(rules, { body: body.slice(0, 1024) });
    }
  }

  // Some 0.1 ms each; one that grows with the third power would take a second.
  assert.ok(performance.now() - startedAtMs < 10_000);
});

test.run();
