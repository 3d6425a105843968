import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';

interface TlsOptions {
  /** Of clients, where a certificate is wanted of them. */
  readonly ca?: string;
  readonly requestCert?: boolean;
}

/** A port on which nobody listens. */
export async function refusedPort(): Promise<number> {
  let port = 0;
  await withServer(createTcpServer(), async free => {
    port = free;
  });
  return port;
}

/** A collector that answers every request like this. */
export function answering(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Server {
  return createServer(answer(status, headers, body));
}

export function answeringTls(options: TlsOptions & { key: string; cert: string }): Server {
  return createTlsServer(options, answer(200, {}, ''));
}

/** Speaks as a server of gRPC does to whoever connects: a SETTINGS frame, and no HTTP/1.1. */
export function grpcOnly(): Server {
  return createTcpServer(socket => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end());
    socket.write(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0x40, 0]));
  });
}

/** Takes every request, and says nothing. */
export function silent(): Server {
  return createTcpServer(socket => socket.resume().on('error', () => {}));
}

/** Calls `use` with the port it listens on, and closes it afterwards. */
export async function withServer(
  server: Server,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', socket => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}

function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): RequestListener {
  return (request, response) => {
    // What was sent stands in the body, where that asks for it.
    const text = body.replace('$authorization', String(request.headers.authorization));
    request.resume().on('end', () => response.writeHead(status, headers).end(text));
  };
}
