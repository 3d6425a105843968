import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';

/** Streams of live records have a heartbeat, eight times as often. */
const IDLE_MS = 120_000;
/** Far above what browsers and the programs of a machine open, and below what a process may. */
const MAX_CONNECTIONS = 800;

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  /** After which a connection without a byte in either direction is closed. */
  readonly idleMs?: number;
  readonly serve: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Takes connections that begin with these bytes instead of HTTP/1. */
  readonly other?: {
    readonly begins: (chunk: Buffer) => boolean;
    readonly take: (socket: Socket) => void;
  };
}

/**
 * Serves HTTP to programs of this machine alone: on 127.0.0.1, and on ::1 where there is one, as
 * `localhost` may mean either.
 */
export async function listen({
  port,
  serve,
  other,
  idleMs = IDLE_MS,
}: ListenOptions): Promise<Listening> {
  const http = createServer((incoming, response) => void serve(incoming, response));
  // Node's own limits of time begin with a port of the server's own, which this one has not.
  http.timeout = idleMs;
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Whoever goes away in the middle is no concern of others.
    socket.on('error', () => {});
    socket.setTimeout(idleMs, () => socket.destroy());
    if (other) lookAtFirst(socket, http, other);
    else http.emit('connection', socket);
  };
  const doors = [createSocketServer(accept), createSocketServer(accept)] as const;
  for (const door of doors) door.maxConnections = MAX_CONNECTIONS;
  doors[0].listen(port, '127.0.0.1');
  await once(doors[0], 'listening');
  const actual = (doors[0].address() as AddressInfo).port;
  await listenIfPossible(doors[1], actual).catch(error => {
    doors[0].close();
    throw error;
  });

  return {
    port: actual,
    close: async () => {
      const closed = doors.filter(door => door.listening).map(door => once(door, 'close'));
      for (const door of doors) door.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function lookAtFirst(socket: Socket, http: Server, other: NonNullable<ListenOptions['other']>) {
  socket.once('data', chunk => {
    socket.pause();
    socket.unshift(chunk);
    if (other.begins(chunk as Buffer)) {
      other.take(socket);
    } else {
      http.emit('connection', socket);
      socket.resume();
    }
  });
}

// There may be no IPv6. Somebody else who listens there would get what is sent to `localhost`.
async function listenIfPossible(
  door: ReturnType<typeof createSocketServer>,
  port: number,
): Promise<void> {
  door.listen(port, '::1');
  await once(door, 'listening').catch(error => {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw error;
  });
}
