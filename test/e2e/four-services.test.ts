import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Job, type Lines, linesOf } from '../../demo/job-lines.js';
import { SERVICES, startServices } from '../../demo/services.js';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { childEnvironment } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { createReceiver } from '../receiver/receiver.js';
import { jobs, runAll } from './jobs.js';
import { servicesWithWinston } from './with-winston.js';

const test = suite('e2e/four-services');

const JOB_COUNT = 50;
const node = process.env.TEST_NODE ?? process.execPath;
const command = [node, '--import', pathToFileURL(packageEntry('import')).href];

interface Variant {
  readonly jobsVia: 'bullmq' | 'http' | 'redis';
  readonly env?: Record<string, string>;
  /** Whether the way to the worker carries the trace. */
  readonly isOneTrace: boolean;
}

const VARIANTS: Record<string, Variant> = {
  'over HTTP': { jobsVia: 'http', isOneTrace: true },
  'through BullMQ': { jobsVia: 'bullmq', isOneTrace: true },
  'through a queue made by hand': {
    jobsVia: 'redis',
    env: { OTEL_REGISTER_PROPAGATE: 'redis-pubsub' },
    isOneTrace: false,
  },
};

for (const [name, variant] of Object.entries(VARIANTS)) {
  for (const logs of ['the console', 'winston'] as const) {
    const what = `${JOB_COUNT} jobs at once ${name}, logged by ${logs}`;
    const it = variant.jobsVia === 'http' || HAS_REDIS ? test : test.skip;
    it(`${what}: each has its lines of all services, and no other's`, () =>
      followJobs(variant, logs === 'winston' ? servicesWithWinston() : undefined));
  }
}

async function followJobs(variant: Variant, folder: string | undefined): Promise<void> {
  const all = jobs(JOB_COUNT);
  const records = await recordsOf(all, variant, folder);
  for (const job of all) {
    const expected = sorted(linesOf(job));
    assert.equal(byService(records.filter(hasId(job))), expected, job.job_id);
    const trace = traceOf(records, job);
    const inTrace = byService(records.filter(({ traceId }) => traceId === trace));
    // The worker's connection to the collector is older than any job.
    const connected = variant.isOneTrace
      ? (['api', 'worker', 'webhook'] as const)
      : ['api' as const];
    for (const service of connected) {
      assert.equal(inTrace[service], expected[service], `${job.job_id} by trace, ${service}`);
    }
  }
}

async function recordsOf(
  all: readonly Job[],
  variant: Variant,
  folder: string | undefined,
): Promise<readonly ReceivedLog[]> {
  const receiver = await createReceiver();
  const run = async (redisPort?: number) => {
    const services = await startServices({
      command,
      folder,
      jobsVia: variant.jobsVia,
      env: childEnvironment({
        ...endpointOf(receiver),
        ...variant.env,
        OTEL_REGISTER_RULES: 'context-ids',
        REDIS_URL: redisPort === undefined ? undefined : `redis://127.0.0.1:${redisPort}`,
      }),
    });
    await runAll(services.apiUrl, all).finally(services.stop);
  };
  try {
    await (variant.jobsVia === 'http' ? run() : withRedis(run));
    return receiver.records;
  } finally {
    await receiver.close();
  }
}

function hasId({ job_id }: Job): (record: ReceivedLog) => boolean {
  return ({ attributes }) => attributes.job_id === job_id;
}

function traceOf(records: readonly ReceivedLog[], job: Job): string {
  const [first] = linesOf(job).api;
  const traceId = records.find(({ body }) => body === first)?.traceId;
  assert.ok(traceId, `${job.job_id} has a trace`);
  return traceId;
}

function byService(records: readonly ReceivedLog[]): Lines {
  const lines = Object.fromEntries(SERVICES.map(service => [service, [] as string[]]));
  for (const { body, resource } of records) lines[`${resource['service.name']}`]?.push(`${body}`);
  return sorted(lines as unknown as Lines);
}

function sorted(lines: Lines): Lines {
  return Object.fromEntries(
    SERVICES.map(service => [service, [...lines[service]].sort()]),
  ) as unknown as Lines;
}

test.run();
