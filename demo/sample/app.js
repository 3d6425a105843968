// A worker of a machine pool, as such services are: Express, and console.* in every corner.
// It knows nothing of OpenTelemetry.
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const pool = process.env.EMP_POOL ?? 'standard';
const models = {
  'flux-dev': { size: '23.8 GB', loaded: true },
  'sdxl-turbo': { size: '6.9 GB', loaded: true },
  'wan-2.1': { size: '32.1 GB', loaded: false },
};
const jobs = new Map();

async function runComfyUI(job) {
  const model = models[job.model];
  if (!model) throw new Error(`Model ${job.model} is not on this machine`);
  console.debug('comfyui: queueing prompt for %s with %s', job.job_id, job.model);
  if (!model.loaded) {
    console.warn('Cold model, loading from disk', { model: job.model, size: model.size });
  }
  await sleep(model.loaded ? 40 : 120);
}

async function runJob(job) {
  const startedAt = Date.now();
  job.execution = new AbortController();
  try {
    await runComfyUI(job);
  } catch (cause) {
    throw new Error(`Job ${job.job_id} failed in ${job.service_required}`, { cause });
  }
  job.execution = undefined;
  job.status = 'completed';
  console.log('Job completed', {
    job_id: job.job_id,
    step_id: job.step_id,
    customer_id: job.customer_id,
    duration_ms: Date.now() - startedAt,
    status: job.status,
  });
}

const app = express();
app.use(express.json());

app.post('/jobs', async (request, response) => {
  const job = { ...request.body, status: 'running' };
  jobs.set(job.job_id, job);
  console.log(`Job ${job.job_id} received for customer ${job.customer_id}`, {
    service_required: job.service_required,
    model: job.model,
  });

  console.time(job.job_id);
  try {
    await runJob(job);
    response.json({ status: job.status });
  } catch (error) {
    console.error('Job failed', { job_id: job.job_id, customer_id: job.customer_id }, error);
    response.status(502).json({ error: error.message });
  } finally {
    console.timeEnd(job.job_id);
  }
});

app.get('/jobs/:id', (request, response) => {
  const job = jobs.get(request.params.id);
  if (!job) console.warn(`Job ${request.params.id} is unknown here, was it sent to another pool?`);
  response.status(job ? 200 : 404).json(job ?? {});
});

app.get('/pool', (_request, response) => {
  const statuses = [...jobs.values()].map(job => job.status);
  console.info({ event: 'pool.status', pool, jobs: statuses.length, gpu: { free_gb: 3.1 } });
  response.json({ pool, statuses });
});

app.delete('/jobs/:id', (request, response) => {
  const job = jobs.get(request.params.id);
  console.log('Cancelling', request.params.id, 'at the request of', job.customer_id);
  response.status(202).end();
  // The bug: a job that has ended has no execution to abort.
  setImmediate(() => job.execution.abort());
});

console.log(`Starting worker in pool ${pool}`);
console.table(models);
console.log('Connected to comfyui', { host: '127.0.0.1', port: 8188, websocket: true });

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('Worker listening on http://127.0.0.1:%d', server.address().port);
});
