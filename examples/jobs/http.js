import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

// WORKERS=fast-lane=http://10.0.0.7:4000,heavy=http://10.0.0.8:4000
const workers = new Map((process.env.WORKERS ?? '').split(',').map(worker => worker.split('=')));

export async function submit(job) {
  const response = await fetch(`${workers.get(job.pool)}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(job),
  });
  if (!response.ok) throw new Error(`The worker answered ${response.status}`);
}

export function work(_pool, run) {
  const server = createServer(async (request, response) => {
    const job = await json(request);
    response.writeHead(202).end();
    await run(job);
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    console.log(`Waiting for jobs on http://127.0.0.1:${server.address().port}`);
  });
  return () => new Promise(resolve => server.close(resolve));
}
