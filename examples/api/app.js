// Takes jobs of customers and puts them where a machine that can run them will find them.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { submit } from '../jobs/index.js';

const POOLS = {
  'flux-dev': 'fast-lane',
  'sdxl-turbo': 'fast-lane',
  'sd3-medium': 'heavy',
  'wan-2.1': 'heavy',
};
const pools = (process.env.POOLS ?? 'standard').split(',');

const app = express();
app.use(express.json());

app.post('/jobs', async (request, response) => {
  const job_id = request.body.job_id ?? `workflow-${randomUUID().slice(0, 8)}`;
  const { customer_id, service_required, model, callback_url } = request.body;
  console.log(
    `Job ${job_id} received for customer ${customer_id} using ${service_required} service`,
  );
  if (!service_required) {
    console.warn('Job %s rejected: it names no service', job_id);
    response.status(400).json({ error: 'service_required is missing' });
    return;
  }

  const pool = poolFor(model);
  console.info('Pool chosen', { job_id, model, pool });
  const job = { job_id, customer_id, service_required, model, pool, callback_url };
  try {
    await submit(job);
    console.log('Job queued', { job_id, customer_id, queue: `jobs-${pool}` });
    response.status(202).json({ job_id, pool });
  } catch (error) {
    // As so often: an error, at the level of debugging.
    console.debug(`Job ${job_id} could not be queued:`, error);
    response.status(503).json({ error: 'no machine takes jobs now' });
  }
});

app.get('/health', (_request, response) => {
  console.log('GET /health');
  response.json({ status: 'ok' });
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`API listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  console.log('API stops taking jobs');
  server.close(() => process.exit());
  server.closeAllConnections();
});

function poolFor(model) {
  const wanted = POOLS[model] ?? 'standard';
  return pools.includes(wanted) ? wanted : pools[0];
}
