import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { Socket } from 'node:net';

/** For exporters that show what the collector said, and for the terminal. */
export const NO_GRPC =
  'OTLP over gRPC is not spoken here. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.';

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const UNIMPLEMENTED = '12';

const HEADERS = {
  'content-type': 'application/grpc',
  'grpc-status': UNIMPLEMENTED,
  'grpc-message': NO_GRPC,
};

/** Over HTTP/1.1, by way of a proxy or from a browser. */
export function isGrpc({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/grpc') ?? false;
}

export function refuseGrpc(response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, connection: 'close' });
  response.end();
}

/** How HTTP/2 begins, which gRPC uses without asking. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE = 'PRI * HTTP/2.0';

export function beginsHttp2(chunk: Buffer): boolean {
  return chunk.length >= 3 && PREFACE.startsWith(chunk.toString('latin1', 0, PREFACE.length));
}

/** Speaks HTTP/2 just enough to say that gRPC is not spoken. */
export function createGrpcRefusal(onGrpc: () => void): (socket: Socket) => void {
  let server: Http2Server | undefined;
  return socket => {
    onGrpc();
    server ??= createRefusingServer();
    server.emit('connection', socket);
  };
}

function createRefusingServer(): Http2Server {
  // Loaded when needed, which is hardly ever.
  const { createServer } = process.getBuiltinModule('node:http2');
  const server = createServer();
  server.on('stream', stream => {
    stream.on('error', () => {});
    stream.respond({ ':status': 200, ...HEADERS }, { endStream: true });
  });
  server.on('sessionError', () => {});
  return server;
}
