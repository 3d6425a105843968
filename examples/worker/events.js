import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Throws if the collector cannot be reached. */
export async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  console.log('Connected to collector', { url, websocket: true });
  socket.on('error', error => console.warn('Collector is gone', error));

  return {
    send(type, { job_id, percent }) {
      socket.send(JSON.stringify({ type, job_id, percent }));
    },
    close: () => socket.close(),
  };
}
