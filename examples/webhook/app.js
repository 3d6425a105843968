// Tells customers what became of their jobs, and tries again where they do not listen.
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const ATTEMPTS = 3;

const app = express();
app.use(express.json());

app.post('/deliveries', async (request, response) => {
  const { job_id, customer_id, callback_url, status } = request.body;
  console.log(`Delivering ${status} of job ${job_id} to customer ${customer_id}`);
  response.status(202).end();
  if (callback_url === undefined) {
    console.info('Nobody to call back', { job_id });
    return;
  }

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await deliver(callback_url, request.body);
      console.log('Delivered', { job_id, attempt });
      return;
    } catch (error) {
      // As so often: a warning, at the level of errors.
      console.error(`Attempt ${attempt} for job ${job_id} failed: ${error.message}`);
      await sleep(attempt * 20);
    }
  }
  console.error('Giving up', { job_id, attempts: ATTEMPTS });
});

async function deliver(url, { job_id, status, error }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ job_id, status, error }),
  });
  if (!response.ok) throw new Error(`the customer answered ${response.status}`);
}

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`Webhook service listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});
