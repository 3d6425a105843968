import { setTimeout as sleep } from 'node:timers/promises';
import type { ViewedRecord, ViewedSpan } from '../src/viewer/api.js';
import type { Job } from './job-lines.js';
import { type Lines, linesOf } from './job-lines.js';
import { SERVICES } from './services.js';
import type { DemoViewer } from './viewer.js';

/** What the viewer has of one job. */
export interface FollowedJob {
  /** Oldest first. */
  readonly records: readonly ViewedRecord[];
  readonly traceId: string | undefined;
  readonly spans: readonly ViewedSpan[];
  /** Those that were printed, and are not among the records. */
  readonly missing: readonly string[];
}

// Records and spans are sent within a second; a machine may be busy.
const DEADLINE_MS = 15_000;
const POLL_MS = 50;

/** Asks by job and by trace until every line of it is there, or until that takes too long. */
export async function followJob(
  viewer: DemoViewer,
  job: Job,
  signal: AbortSignal,
): Promise<FollowedJob> {
  const expected = expectedLines(job);
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look(viewer, job, expected);
    const isWhole = found.missing.length === 0 && hasSpansOfAll(found);
    if (isWhole || Date.now() > deadline) return found;
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Its customer was busy at first. */
function expectedLines(job: Job): Lines {
  const lines = linesOf(job);
  const refused = `Attempt 1 for job ${job.job_id} failed: the customer answered 503`;
  return { ...lines, webhook: [...lines.webhook, refused] };
}

async function look(viewer: DemoViewer, job: Job, expected: Lines): Promise<FollowedJob> {
  const byJob = await viewer.records(`job_id:${job.job_id}`);
  const traceId = byJob.find(({ service, traceId }) => service === 'api' && traceId)?.traceId;
  const trace = traceId ? await viewer.trace(traceId) : { records: [], spans: [] };
  const byId = new Map([...byJob, ...trace.records].map(record => [record.id, record]));
  const records = [...byId.values()].sort(byTime);
  return {
    records,
    traceId: traceId ?? undefined,
    spans: trace.spans,
    missing: missingLines(records, expected),
  };
}

function byTime(a: ViewedRecord, b: ViewedRecord): number {
  return Number(BigInt(a.timeUnixNano) - BigInt(b.timeUnixNano)) || a.id - b.id;
}

// The same line may be expected more than once.
function missingLines(records: readonly ViewedRecord[], expected: Lines): readonly string[] {
  return SERVICES.flatMap(name => {
    const bodies = records.filter(({ service }) => service === name).map(({ body }) => body);
    return expected[name]
      .filter(line => {
        const index = bodies.indexOf(line);
        if (index >= 0) bodies.splice(index, 1);
        return index < 0;
      })
      .map(line => `${name}: ${line}`);
  });
}

// The webhook service was asked once, and called back twice: its spans end last. (The collector hears
// over a connection that is older than any job.)
const WEBHOOK_SPANS = 3;

function hasSpansOfAll({ spans }: FollowedJob): boolean {
  const count = (name: string) => spans.filter(({ service }) => service === name).length;
  return count('api') > 0 && count('worker') > 0 && count('webhook') >= WEBHOOK_SPANS;
}
