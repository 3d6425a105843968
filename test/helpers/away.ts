import { freePort } from './free-port.js';

/** An endpoint where nobody listens. */
export async function absentEndpoint(): Promise<Record<string, string>> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:secret@127.0.0.1:${await freePort()}` };
}
