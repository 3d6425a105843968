import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fetchText } from '../../src/resource-detectors/metadata-request.js';

const test = suite('resource-detectors/metadata-request');

const signal = new AbortController().signal;

async function withServer(
  listener: RequestListener,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('gets a text with the headers given', () =>
  withServer(
    (request, response) => response.end(`${request.method} ${request.headers.metadata} grüße`),
    async url => {
      const text = await fetchText(url, { headers: { Metadata: 'true' }, signal });

      assert.is(text, 'GET true grüße');
    },
  ));

test('puts, without a body', () =>
  withServer(
    (request, response) => response.end(request.method),
    async url => {
      assert.is(await fetchText(url, { method: 'PUT', signal }), 'PUT');
    },
  ));

for (const [what, listener] of [
  ['says 404', (_, response) => response.writeHead(404).end('absent')],
  ['redirects', (_, response) => response.writeHead(302, { location: '/other' }).end()],
  ['resets the connection', request => request.socket.destroy()],
  [
    'breaks off half-way',
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => request.socket.destroy());
    },
  ],
  ['answers without end', (_, response) => response.end('x'.repeat(70_000))],
  ['does not speak HTTP', request => request.socket.end('SSH-2.0-OpenSSH\r\n')],
] as const satisfies readonly (readonly [string, RequestListener])[]) {
  test(`is undefined when the service ${what}`, () =>
    withServer(listener, async url => {
      assert.is(await fetchText(url, { signal }), undefined);
    }));
}

test('is undefined as soon as the signal aborts', () =>
  withServer(
    () => {},
    async url => {
      const abort = new AbortController();
      const before = performance.now();
      setTimeout(() => abort.abort(), 20);

      assert.is(await fetchText(url, { signal: abort.signal }), undefined);
      assert.ok(performance.now() - before < 500);
    },
  ));

test('is undefined when the service is silent for a second, whatever the signal', () =>
  withServer(
    () => {},
    async url => {
      assert.is(await fetchText(url, { signal }), undefined);
    },
  ));

for (const [what, url] of [
  ['a name, which would need a lookup', 'http://localhost/'],
  ['no URL at all', 'not a url'],
  ['a port nobody listens on', 'http://127.0.0.1:1/'],
  ['another protocol', 'ftp://127.0.0.1/'],
] as const) {
  test(`is undefined for ${what}`, async () => {
    assert.is(await fetchText(url, { signal }), undefined);
  });
}

test('is undefined for a signal that has aborted before', async () => {
  const aborted = AbortSignal.abort();

  assert.is(await fetchText('http://127.0.0.1:1/', { signal: aborted }), undefined);
});

test('is undefined for a header that HTTP does not allow', async () => {
  const headers = { 'X-Token': 'a\nb' };

  assert.is(await fetchText('http://127.0.0.1:1/', { headers, signal }), undefined);
});

test('does not keep a process alive that waits for a silent service', () =>
  withServer(
    () => {},
    async url => {
      const module = new URL('../../src/resource-detectors/metadata-request.js', import.meta.url);
      const code = `
        const { fetchText } = await import(${JSON.stringify(module.href)});
        const before = performance.now();
        fetchText(${JSON.stringify(url)}, { signal: new AbortController().signal });
        process.on('exit', () => process.stdout.write(String(performance.now() - before)));
      `;

      const aliveMs = Number(
        execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
      );

      // Before the second after which the request gives up by itself.
      assert.ok(aliveMs > 0 && aliveMs < 900, `ended after ${aliveMs} ms`);
    },
  ));

test.run();
