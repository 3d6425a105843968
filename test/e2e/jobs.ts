import { listenForCallbacks } from '../../demo/customers.js';
import { type Job, MISSING_MODEL } from '../../demo/job-lines.js';

const KINDS = [
  { service_required: 'comfyui', model: 'flux-dev' },
  { service_required: 'comfyui', model: 'sdxl-turbo' },
  { service_required: 'openai', model: 'gpt-image' },
  { service_required: 'comfyui', model: MISSING_MODEL },
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
    await Promise.all(
      all.map(async job => {
        const response = await fetch(`${apiUrl}/jobs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...job, callback_url: customers.url }),
        });
        if (response.status !== 202) throw new Error(`${job.job_id}: ${response.status}`);
      }),
    );
    await Promise.all(all.map(({ job_id }) => customers.heardOf(job_id)));
  } finally {
    await customers.close();
  }
}
