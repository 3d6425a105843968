import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** An endpoint where nobody listens. */
export async function absentEndpoint(): Promise<Record<string, string>> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:secret@127.0.0.1:${port}` };
}
