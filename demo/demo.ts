// Four unmodified programs, preloaded, and jobs that go through all of them: of one that failed, every
// line, as the viewer has it. Goes on until Ctrl-C; with --once it ends by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { listenForCallbacks } from './customers.js';
import { servicesEnvironment } from './environment.js';
import { followJob } from './followed-job.js';
import { MISSING_MODEL } from './job-lines.js';
import { demoJobs, runJobs } from './jobs.js';
import { paintFor } from './paint.js';
import { findRedis } from './redis.js';
import { createReport } from './report.js';
import { startServices } from './services.js';
import { startViewer } from './viewer.js';

const NO_TERMINAL_WIDTH = 160;
const PRELOAD = ['--import', '@emp/otel-register'];
const WORKER_POOLS = ['fast-lane', 'heavy'];
const FIRST_JOBS = 12;
const JOBS_AT_ONCE = 3;
const JOBS_EVERY_MS = 4_000;

const options = readOptions();
const report = createReport(
  text => process.stdout.write(text),
  process.stdout.columns || NO_TERMINAL_WIDTH,
  paintFor(process.stdout),
);
const ends: (() => unknown)[] = [];
const { signal } = interruption();
try {
  await show();
} catch (error) {
  // Ctrl-C reaches the services as well as us: whatever broke then was meant to.
  if (!signal.aborted) throw error;
} finally {
  for (const end of ends.reverse()) await end();
}

async function show(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-demo-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const redis = await findRedis(process.env.REDIS_URL);
  if (redis) ends.push(redis.forget);
  const viewer = await startViewer();
  ends.push(viewer.stop);
  const jobs = demoJobs(0, FIRST_JOBS);
  const failing = jobs.find(({ model }) => model === MISSING_MODEL)!;
  const customers = await listenForCallbacks([failing.job_id]);
  ends.push(customers.close);

  report.start(PRELOAD, viewer.receiverUrl, WORKER_POOLS, redis?.url);
  const services = await startServices({
    command: [process.execPath, ...PRELOAD],
    env: servicesEnvironment(viewer.receiverUrl, folder, redis),
    workerPools: WORKER_POOLS,
    onLine: (_, line) => report.printed(line),
  });
  ends.push(services.stop);
  report.jobs(await runJobs(services.apiUrl, jobs, customers));
  const followed = await followJob(viewer, failing, signal);
  report.followed(failing, followed, viewer.pageUrl);
  if (followed.missing.length > 0) process.exitCode = 1;
  if (options.once) return report.endsNow();

  report.goesOn();
  for (let next = FIRST_JOBS; !signal.aborted; next += JOBS_AT_ONCE) {
    await sleep(JOBS_EVERY_MS, undefined, { signal });
    await runJobs(services.apiUrl, demoJobs(next, JOBS_AT_ONCE), customers);
  }
}

function readOptions(): { once: boolean } {
  try {
    return parseArgs({ options: { once: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUsage: npm run demo [-- --once]\n`);
    process.exit(2);
  }
}

// By a signal, or because nobody is left to read what is printed.
function interruption(): AbortController {
  const controller = new AbortController();
  process.stdout.on('error', () => controller.abort());
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort());
  }
  return controller;
}
