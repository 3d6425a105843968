import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Customers {
  readonly url: string;
  /** `completed` or `failed`, when the webhook service has told. */
  heardOf(jobId: string): Promise<string>;
  close(): Promise<void>;
}

interface Callback {
  readonly job_id: string;
  readonly status: string;
}

/** The customers' side, called back about each job. Of `busyAt` first it says to come again. */
export async function listenForCallbacks(busyAt: readonly string[] = []): Promise<Customers> {
  const busy = new Set(busyAt);
  const told = new Map<string, PromiseWithResolver>();
  const of = (jobId: string) => {
    if (!told.has(jobId)) told.set(jobId, withResolver());
    return told.get(jobId)!;
  };
  const server = createServer(async (request, response) => {
    const { job_id, status } = (await json(request)) as Callback;
    const isBusy = busy.delete(job_id);
    response.writeHead(isBusy ? 503 : 200).end();
    if (!isBusy) of(job_id).resolve(status);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heardOf: jobId => of(jobId).promise,
    close: () => closeServer(server),
  };
}

interface PromiseWithResolver {
  readonly promise: Promise<string>;
  readonly resolve: (status: string) => void;
}

// Node 20 has no Promise.withResolvers().
function withResolver(): PromiseWithResolver {
  let resolve!: (status: string) => void;
  const promise = new Promise<string>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
