// Runs on a machine of a pool: takes jobs, runs them, tells the collector how it goes and the webhook
// service how it went.
import { work } from '../jobs/index.js';
import { runOnComfyUI } from './comfyui.js';
import { connect } from './events.js';
import { askOpenAI } from './openai.js';

const pool = process.env.EMP_POOL ?? 'standard';

console.log(`Starting worker in pool ${pool}`);
const events = await connect(process.env.COLLECTOR_URL);
const stop = work(pool, run);
console.log('Worker is ready', { pool, concurrency: 8 });

async function run(job) {
  const { job_id } = job;
  const startedAt = Date.now();
  console.log(`Starting job ${job_id}`, { model: job.model, pool });
  events.send('job.started', job);
  let error;
  try {
    await (job.service_required === 'openai' ? askOpenAI(job) : runOnComfyUI(job, events));
  } catch (thrown) {
    error = thrown;
  }

  const duration_ms = Date.now() - startedAt;
  if (error === undefined)
    console.log('Job completed', { job_id, duration_ms, status: 'completed' });
  else console.error(`Job ${job_id} failed`, { duration_ms, status: 'failed' }, error);
  events.send(error === undefined ? 'job.completed' : 'job.failed', job);
  await tellCustomer(job, error);
}

async function tellCustomer({ job_id, customer_id, callback_url }, error) {
  const status = error === undefined ? 'completed' : 'failed';
  const response = await fetch(`${process.env.WEBHOOK_URL}/deliveries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ job_id, customer_id, callback_url, status, error: error?.message }),
  });
  if (!response.ok) console.warn(`Webhook for job ${job_id} was refused: ${response.status}`);
}

process.once('SIGTERM', async () => {
  console.log('Machine is given back, finishing what runs');
  await stop();
  events.close();
  process.exit();
});
