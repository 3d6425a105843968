import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeMessage } from '../../src/receiver/otlp-messages.js';
import { createViewer, type Viewer, type ViewerOptions } from '../../src/viewer/viewer.js';

export interface Viewing extends Viewer {
  readonly pageUrl: string;
  readonly said: string[];
}

/** Runs the test with a viewer on free ports, whose page is a placeholder. */
export function withViewer(
  run: (viewer: Viewing) => Promise<void>,
  options: Partial<ViewerOptions> = {},
): () => Promise<void> {
  return async () => {
    const pageFolder = mkdtempSync(join(tmpdir(), 'otel-register-page-'));
    for (const ending of ['html', 'js', 'css']) {
      writeFileSync(join(pageFolder, `page.${ending}`), `the page's ${ending}`);
    }
    writeFileSync(join(pageFolder, 'secret.txt'), 'secret');
    const said: string[] = [];
    const viewer = await createViewer({
      port: 0,
      uiPort: 0,
      hasPage: true,
      file: undefined,
      maxRecords: 10_000,
      maxBytes: undefined,
      pageFolder,
      onEntries: () => {},
      say: text => said.push(text),
      ...options,
    });
    try {
      await run({ ...viewer, pageUrl: viewer.pageUrl!, said });
    } finally {
      await viewer.close();
      rmSync(pageFolder, { recursive: true, force: true });
    }
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Sends records, in protobufjs's plain-object form, as an exporter does. */
export async function send(viewer: Viewer, logRecords: readonly Fields[], resource: Fields = {}) {
  const scopeLogs = [{ scope: { name: 'console' }, logRecords }];
  const fields = { resourceLogs: [{ resource, scopeLogs }] };
  return post(viewer, '/v1/logs', encodeMessage('ExportLogsServiceRequest', fields));
}

export function post(
  { receiverUrl }: Viewer,
  path: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${receiverUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', ...headers },
    body: Buffer.from(body),
  });
}

/** What `/api/…` answers. */
// biome-ignore lint/suspicious/noExplicitAny: it is JSON.
export async function ask({ pageUrl }: Viewing, path: string): Promise<any> {
  const response = await fetch(`${pageUrl}/api/${path}`);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** With headers that `fetch` would not send. */
export function askWith(
  url: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: String(Buffer.concat(chunks)),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}
