// Hears over WebSocket what becomes of jobs, and counts.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const jobs = new Map();

const server = createServer((_request, response) => {
  console.log('Statistics asked for', { jobs: jobs.size });
  response.end(JSON.stringify(Object.fromEntries(jobs)));
});
const sockets = new WebSocketServer({ server });

sockets.on('connection', socket => {
  console.log('A worker has connected');
  socket.on('message', data => {
    const { type, job_id, percent } = JSON.parse(data);
    console.debug('Event received', { type });
    jobs.set(job_id, type);
    if (percent === undefined) console.log(`Job ${job_id} is now ${type}`);
    if (type === 'job.failed') console.warn('Counting a failure');
  });
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`Collector listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  console.log('Collector has seen %d jobs', jobs.size);
  process.exit();
});
