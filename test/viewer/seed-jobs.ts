import { seededRandom } from '../helpers/seeded-random.js';
import type { Line, Span } from './otlp-request.js';

// What four services log of the jobs they work on: received by `api`, run by a `worker` in one of three
// pools of machines, told to the customer by `webhook`, counted by `collector`.

const [DEBUG, INFO, WARN, ERROR] = [5, 9, 13, 17];
const POOLS = ['fast-lane', 'standard', 'heavy'];
const CUSTOMERS = ['abc123', 'northwind', 'studio-9', 'blue-fox'];
const SERVICES = ['comfyui', 'simulation', 'a1111', 'openai'];
const FIRST_JOB = 4100;

export interface Work {
  readonly lines: readonly Line[];
  readonly spans: readonly Span[];
}

/** Jobs that begin one after the other: every fifth finds its model cold, the fourth of seven fails. */
export function workOf(count: number, startMs: number, everyMs: number): Work {
  const random = seededRandom(7);
  const jobs = Array.from({ length: count }, (_, index): Job => {
    const atMs = startMs + index * everyMs + random.integer(everyMs);
    return { index, atMs, lasts: 700 + random.integer(2600), hasFailed: index % 7 === 3 };
  });
  const lines = jobs.flatMap(job => [...linesOf(job), counted(job)]);
  return { lines: lines.sort((a, b) => a.atMs - b.atMs), spans: jobs.flatMap(spansOf) };
}

interface Job {
  readonly index: number;
  readonly atMs: number;
  readonly lasts: number;
  readonly hasFailed: boolean;
}

export function traceIdOf(index: number): string {
  return (index + 1).toString(16).padStart(32, '4bf92f3577b34da6a3ce929d0e0e4736');
}

function spanId(index: number, span: number): string {
  return (index * 16 + span).toString(16).padStart(16, '00f067aa0ba902b7');
}

function linesOf({ index, atMs, lasts, hasFailed }: Job): Line[] {
  const pool = POOLS[index % 3]!;
  const job_id = `workflow-${FIRST_JOB + index}`;
  const needed = SERVICES[index % 4]!;
  const bound = { job_id, customer_id: CUSTOMERS[(index * 3) % 4], service_required: needed };
  const traceId = traceIdOf(index);
  const at = (ms: number, span: number, line: Omit<Line, 'atMs'>): Line => ({
    ...line,
    atMs: atMs + ms,
    fields: { ...bound, ...line.fields },
    pool: line.service === 'worker' ? pool : undefined,
    traceId,
    spanId: spanId(index, span),
  });
  const worker = (severityNumber: number, body: string, fields = {}) =>
    ({ service: 'worker', severityNumber, body, fields }) as const;
  return [
    at(2.1, 1, {
      severityNumber: INFO,
      body: `Job ${job_id} received`,
      fields: { request_id: `req_${index}` },
    }),
    at(15.4, 2, {
      severityNumber: DEBUG,
      body: 'Queued in Redis',
      fields: { queue: `jobs:${pool}`, depth: index % 23 },
    }),
    at(
      61.2,
      3,
      worker(INFO, `Claimed a job of pool ${pool}`, { gpu: { model: 'RTX 4090', memory_gb: 24 } }),
    ),
    ...(index % 5 === 3
      ? [
          at(
            72.5,
            4,
            worker(WARN, 'Cold model, loading from disk', { model: 'wan-2.1', size_gb: 32.1 }),
          ),
        ]
      : []),
    at(lasts * 0.33, 5, worker(INFO, `Started ${needed}`, { step_id: `step-${index % 12}` })),
    at(lasts * 0.5, 5, worker(DEBUG, 'Progress 50%', { eta_ms: Math.round(lasts / 2) })),
    hasFailed
      ? at(
          lasts * 0.88,
          3,
          worker(ERROR, 'Job failed', { ...FAILURE, retry: { attempt: 1, backoff: { ms: 2000 } } }),
        )
      : at(lasts, 3, worker(INFO, 'Job completed', { duration_ms: Math.round(lasts) })),
    at(lasts + 40, 7, {
      service: 'webhook',
      severityNumber: hasFailed ? WARN : INFO,
      body: hasFailed ? 'Webhook delivered at the second attempt' : 'Webhook delivered',
      fields: { status_code: 200 },
    }),
  ];
}

function counted({ index, atMs, lasts }: Job): Line {
  const fields = { batch: 128, lag_ms: (index * 37) % 90 };
  const body = 'Collected 128 events';
  return { atMs: atMs + lasts * 0.6, severityNumber: INFO, body, service: 'collector', fields };
}

const FAILURE = {
  'exception.type': 'OutOfMemoryError',
  'exception.message': 'CUDA out of memory. Tried to allocate 2.50 GiB',
  'exception.stacktrace': `OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB
    at Sampler.run (/app/src/comfyui/sampler.ts:212:15)
    at async ComfyClient.execute (/app/src/comfyui/client.ts:88:22)
    at async JobProcessor.process (/app/src/jobs/processor.ts:141:9)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    at async Worker.run (/app/node_modules/bullmq/dist/cjs/classes/worker.js:511:24)`,
  'code.file.path': 'src/jobs/processor.ts',
  'code.line.number': 149,
  'code.function.name': 'JobProcessor.process',
};

function spansOf({ index, atMs, lasts, hasFailed }: Job): Span[] {
  const traceId = traceIdOf(index);
  const at = (
    id: number,
    parent: number,
    span: Pick<Span, 'name' | 'kind' | 'service'>,
    times: readonly [number, number],
  ): Span => ({
    ...span,
    traceId,
    spanId: spanId(index, id),
    parentSpanId: parent === 0 ? '' : spanId(index, parent),
    startMs: atMs + times[0],
    endMs: atMs + times[1],
    statusCode: hasFailed && (id === 3 || id === 5) ? 2 : 0,
  });
  return [
    at(1, 0, { name: 'POST /jobs', kind: 2, service: 'api' }, [0, 34]),
    at(2, 1, { name: 'XADD jobs', kind: 4, service: 'api' }, [12, 19]),
    at(3, 2, { name: 'process job', kind: 5, service: 'worker' }, [60, lasts]),
    at(4, 3, { name: 'load model', kind: 1, service: 'worker' }, [70, lasts * 0.3]),
    at(5, 3, { name: `POST /prompt`, kind: 3, service: 'worker' }, [lasts * 0.32, lasts * 0.88]),
    at(6, 3, { name: 'PUT blob', kind: 3, service: 'worker' }, [lasts * 0.89, lasts * 0.98]),
    at(7, 3, { name: 'deliver webhook', kind: 4, service: 'webhook' }, [lasts + 10, lasts + 90]),
  ];
}
