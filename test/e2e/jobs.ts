import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ServiceName } from '../../demo/services.js';

export interface Job {
  readonly job_id: string;
  readonly customer_id: string;
  readonly service_required: string;
  readonly model: string;
}

const KINDS = [
  { service_required: 'comfyui', model: 'flux-dev' },
  { service_required: 'comfyui', model: 'sdxl-turbo' },
  { service_required: 'openai', model: 'gpt-image' },
  { service_required: 'comfyui', model: 'sd3-medium' },
];

export function jobs(count: number): Job[] {
  return Array.from({ length: count }, (_, index) => ({
    job_id: `workflow-${1000 + index}`,
    customer_id: `cust-${index % 7}`,
    ...KINDS[index % KINDS.length]!,
  }));
}

/** Submits all at once, and waits until the customers' side has heard what became of each. */
export async function runAll(apiUrl: string, all: readonly Job[]): Promise<void> {
  const customers = await listenForCallbacks();
  try {
    const { port } = customers.server.address() as AddressInfo;
    await Promise.all(
      all.map(async job => {
        const response = await fetch(`${apiUrl}/jobs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...job, callback_url: `http://127.0.0.1:${port}/` }),
        });
        if (response.status !== 202) throw new Error(`${job.job_id}: ${response.status}`);
      }),
    );
    await Promise.all(all.map(({ job_id }) => customers.heardOf(job_id)));
  } finally {
    customers.server.close();
    customers.server.closeAllConnections();
  }
}

interface Customers {
  readonly server: Server;
  heardOf(jobId: string): Promise<void>;
}

async function listenForCallbacks(): Promise<Customers> {
  const heard = new Set<string>();
  const waiting = new Map<string, () => void>();
  const server = createServer(async (request, response) => {
    const { job_id } = (await json(request)) as Job;
    response.end();
    heard.add(job_id);
    waiting.get(job_id)?.();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    heardOf: jobId =>
      heard.has(jobId)
        ? Promise.resolve()
        : new Promise(resolve => {
            waiting.set(jobId, resolve);
          }),
  };
}

/** Every line that examples/ prints for a job, by the service that prints it. */
export function linesOf({ job_id: id, customer_id, service_required, model }: Job): Lines {
  const isFailing = model === 'sd3-medium';
  const isOpenAI = service_required === 'openai';
  const rendering = isFailing
    ? []
    : [`comfyui: queueing prompt of job ${id}`, `Job ${id}: 50% done`, `Job ${id}: 100% done`];
  const progress = isFailing || isOpenAI ? 0 : 2;
  const end = isFailing ? 'failed' : 'completed';
  return {
    api: [
      `Job ${id} received for customer ${customer_id} using ${service_required} service`,
      'Pool chosen',
      'Job queued',
    ],
    worker: [
      `Starting job ${id}`,
      ...(isOpenAI ? ['Request sent', 'First token', 'Response complete'] : rendering),
      isFailing ? `Job ${id} failed` : 'Job completed',
    ],
    collector: [
      `Job ${id} is now job.started`,
      `Job ${id} is now job.${end}`,
      ...Array.from({ length: 2 + progress }, () => 'Event received'),
      ...(isFailing ? ['Counting a failure'] : []),
    ],
    webhook: [`Delivering ${end} of job ${id} to customer ${customer_id}`, 'Delivered'],
  };
}

export type Lines = Readonly<Record<ServiceName, readonly string[]>>;
