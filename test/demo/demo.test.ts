import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { runDemo } from './run-demo.js';

const test = suite('demo/demo');

const JOB = 'workflow-1009';
const HEADING = `job ${JOB} failed: here is every line of it across four services\n`;

/** Level, service, pool and message of the failed job's lines. */
const LINES = [
  `INFO api standard Job ${JOB} received for customer umbrella using comfyui service`,
  'INFO api standard Pool chosen',
  'INFO api standard Job queued',
  `INFO worker heavy Starting job ${JOB}`,
  `ERROR worker heavy Job ${JOB} failed`,
  'DEBUG collector standard Event received',
  'DEBUG collector standard Event received',
  `INFO collector standard Job ${JOB} is now job.started`,
  `INFO collector standard Job ${JOB} is now job.failed`,
  'WARN collector standard Counting a failure',
  `INFO webhook standard Delivering failed of job ${JOB} to customer umbrella`,
  `ERROR webhook standard Attempt 1 for job ${JOB} failed: the customer answered 503`,
  'INFO webhook standard Delivered',
].sort();

const SPANS = ['POST /jobs api', 'POST /deliveries webhook'];

test('--once over HTTP ends with 0: each line of the failed job, its spans, its address', async () => {
  const { code, stdout, stderr } = await runDemo(['--once']);

  assert.is(stderr, '');
  assert.is(code, 0, stdout);
  assert.match(stdout, 'Jobs go to the workers by HTTP, as no Redis answers.');
  assert.equal(linesIn(stdout), LINES);
  for (const span of SPANS) assert.ok(spansIn(stdout).includes(span), stdout);
  assert.match(stdout, /\nits trace +http:\/\/127\.0\.0\.1:\d+\/\?trace=[0-9a-f]{32}\n/);
});

const withQueue = HAS_REDIS ? test : test.skip;
withQueue('--once through BullMQ ends the same, and leaves nothing in Redis', () =>
  withRedis(async port => {
    const REDIS_URL = `redis://127.0.0.1:${port}`;

    const { code, stdout, stderr } = await runDemo(['--once'], { REDIS_URL });

    assert.is(stderr, '');
    assert.is(code, 0, stdout);
    assert.match(stdout, 'Jobs go to the workers by BullMQ, as there is a Redis.');
    assert.equal(linesIn(stdout), LINES);
    for (const span of [...SPANS, 'process jobs-heavy worker'])
      assert.ok(spansIn(stdout).includes(span), stdout);
    assert.equal(await keysOf(REDIS_URL), []);
  }),
);

test('--once ends with 1 when lines are missing, and tells which', async () => {
  const { code, stdout } = await runDemo(['--once'], { OTEL_REGISTER_LOG_LEVEL: 'warn' });

  assert.is(code, 1, stdout);
  assert.match(stdout, '\nMissing: webhook: Delivered\n');
  assert.match(stdout, `\nMissing: api: Job ${JOB} received`);
  assert.not.match(stdout, 'Missing: collector: Counting a failure');
});

test('without --once it goes on with other jobs, until Ctrl-C', async () => {
  const { code, stdout, stderr } = await runDemo([], {}, async (child, printed) => {
    const page = /http:\S+(?=\/\?trace)/.exec(await printed(/Ctrl-C/))![0];
    while (!(await hasJob(page, 'workflow-1013'))) {}
    child.kill('SIGINT');
  });

  assert.is(stderr, '');
  assert.is(code, 0, stdout);
  assert.equal(linesIn(stdout), LINES);
});

test('it ends, and all it started with it, when nobody reads what it prints', async () => {
  const { stderr } = await runDemo([], {}, async (child, printed) => {
    await printed(/12 jobs/);
    child.stdout!.destroy();
  });

  assert.is(stderr, '');
});

async function hasJob(page: string, job: string): Promise<boolean> {
  const response = await fetch(`${page}/api/records?filter=job_id:${job}`);
  const { records } = (await response.json()) as { records: readonly unknown[] };
  return records.length > 0;
}

function linesIn(stdout: string): readonly string[] {
  const [, table] = stdout.split(HEADING);
  const rows = table!.split('\n\n')[1]!.split('\n').slice(1);
  return rows
    .map(row => {
      const [, level, service, pool, , message] = row.trim().split(/ {2,}/);
      return [level, service, pool, message].join(' ');
    })
    .sort();
}

/** Name and service. */
function spansIn(stdout: string): readonly string[] {
  const [, rows] = stdout.split('\nits trace\n');
  return rows!
    .split('\n\n')[0]!
    .split('\n')
    .map(row => row.trim().split(/ {2,}/, 2).join(' '));
}

async function keysOf(url: string): Promise<readonly string[]> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url);
  try {
    return await client.keys('*');
  } finally {
    client.disconnect();
  }
}

test.run();
