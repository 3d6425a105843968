import type { ServiceName } from './services.js';

export interface Job {
  readonly job_id: string;
  readonly customer_id: string;
  /** Without it the api rejects the job. */
  readonly service_required?: string;
  readonly model: string;
}

export type Lines = Readonly<Record<ServiceName, readonly string[]>>;

/** No worker of examples/ has it on its machine. */
export const MISSING_MODEL = 'sd3-medium';

/** Every line that examples/ prints for an accepted job whose model is loaded, by service. */
export function linesOf({ job_id: id, customer_id, service_required, model }: Job): Lines {
  const isFailing = model === MISSING_MODEL;
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
