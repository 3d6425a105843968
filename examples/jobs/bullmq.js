import { Queue, Worker } from 'bullmq';

const connection = { url: process.env.REDIS_URL, maxRetriesPerRequest: null };
const prefix = process.env.QUEUE_PREFIX ?? 'bull';
const queues = new Map();

export async function submit(job) {
  await queueOf(job.pool).add(job.service_required, job, { jobId: job.job_id });
}

export function work(pool, run) {
  const worker = new Worker(`jobs-${pool}`, async ({ data }) => run(data), {
    connection,
    prefix,
    concurrency: 8,
  });
  worker.on('error', error => console.error('Queue trouble', error));
  return () => worker.close();
}

function queueOf(pool) {
  if (!queues.has(pool)) queues.set(pool, new Queue(`jobs-${pool}`, { connection, prefix }));
  return queues.get(pool);
}
