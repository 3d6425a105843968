import type { Customers } from './customers.js';
import { type Job, MISSING_MODEL } from './job-lines.js';

export type Outcome = 'completed' | 'failed' | 'rejected';

const COMFYUI = 'comfyui';
const FLUX = { service_required: COMFYUI, model: 'flux-dev' };
const TURBO = { service_required: COMFYUI, model: 'sdxl-turbo' };
const GPT = { service_required: 'openai', model: 'gpt-image' };
const WAN = { service_required: COMFYUI, model: 'wan-2.1' };
const FAILING = { service_required: COMFYUI, model: MISSING_MODEL };
const REJECTED = { model: 'flux-dev' };

const DOZEN: readonly Omit<Job, 'job_id' | 'customer_id'>[] = [
  ...[FLUX, TURBO, GPT, WAN],
  ...[FLUX, WAN, REJECTED, TURBO],
  ...[FAILING, FLUX, GPT, TURBO],
];
const CUSTOMERS = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
const FIRST_NUMBER = 1001;

/** The jobs of the demo never end: each dozen is like the first, with other names. */
export function demoJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    return {
      job_id: `workflow-${FIRST_NUMBER + index}`,
      customer_id: CUSTOMERS[index % CUSTOMERS.length]!,
      ...DOZEN[index % DOZEN.length]!,
    };
  });
}

/** Submits one after the other, and waits until the customers have heard of each. */
export async function runJobs(
  apiUrl: string,
  jobs: readonly Job[],
  customers: Customers,
): Promise<ReadonlyMap<Job, Outcome>> {
  const ends: Promise<[Job, Outcome]>[] = [];
  for (const job of jobs) {
    const isAccepted = await submit(apiUrl, { ...job, callback_url: customers.url });
    const outcome = isAccepted ? customers.heardOf(job.job_id) : Promise.resolve('rejected');
    ends.push(outcome.then(end => [job, end as Outcome]));
  }
  return new Map(await Promise.all(ends));
}

async function submit(apiUrl: string, job: object): Promise<boolean> {
  const response = await fetch(`${apiUrl}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(job),
  });
  await response.arrayBuffer();
  return response.ok;
}
