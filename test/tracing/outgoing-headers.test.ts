import { once } from 'node:events';
import { type ClientRequest, createServer, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  addHeader,
  hasHeader,
  type OutgoingRequest,
  replaceHeader,
} from '../../src/http/outgoing-headers.js';

const test = suite('tracing/outgoing-headers');

const WAYS: Readonly<Record<string, RequestOptions>> = {
  'an object of headers': { headers: { 'X-A': '1' } },
  'a list of headers': { headers: ['Host', 'h', 'X-A', '1'] as never },
  'no headers': {},
  'Expect among its headers': { headers: { Expect: '100-continue', 'X-A': '1' } },
  'a body': { method: 'POST', headers: { 'Content-Length': '4' } },
  'an agent of its own': { agent: false },
};
for (const [way, options] of Object.entries(WAYS)) {
  test(`a request with ${way} is sent with a header more, once, and is whole`, async () => {
    const names = await namesSent(options, outgoing => {
      addHeader(outgoing, 'traceparent', 'one');
      addHeader(outgoing, 'tracestate', 'two');
    });

    const without = await namesSent(options, () => {});
    assert.equal(names.sort(), [...without, 'traceparent:one', 'tracestate:two'].sort());
  });
}

for (const headers of [{ TraceParent: 'x' }, ['Host', 'h', 'TraceParent', 'x']]) {
  test(`a header given as ${JSON.stringify(headers)} is found`, async () => {
    let found: boolean[] = [];
    await namesSent({ headers } as never, outgoing => {
      found = ['traceparent', 'trace', 'x'].map(name => hasHeader(outgoing, name));
    });

    assert.equal(found, [true, false, false]);
  });
}

for (const value of ['1\r\nx-b: 2', '\u0000', '€']) {
  for (const [way, options] of Object.entries(WAYS)) {
    test(`a request with ${way} has no header that is ${JSON.stringify(value)}, nor loses one`, async () => {
      const names = await namesSent(options, outgoing => {
        attempt(() => addHeader(outgoing, 'tracestate', value));
        attempt(() => replaceHeader(outgoing, 'x-a', value));
      });

      assert.equal(names, await namesSent(options, () => {}));
    });
  }
}

// As Node's own would.
function attempt(change: () => void): void {
  try {
    change();
  } catch (error) {
    assert.is((error as { code?: unknown }).code, 'ERR_INVALID_CHAR');
  }
}

async function namesSent(
  options: RequestOptions,
  change: (outgoing: OutgoingRequest) => void,
): Promise<string[]> {
  const server = createServer((incoming, response) => incoming.pipe(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const received = once(server, 'request');
  const { port } = server.address() as AddressInfo;
  const outgoing: ClientRequest = request({ host: '127.0.0.1', port, ...options });
  change(outgoing as never);
  const answered = once(outgoing, 'response');
  outgoing.end(options.method === 'POST' ? 'body' : undefined);
  const [{ rawHeaders }] = await received;
  const [response] = await answered;
  let body = '';
  for await (const chunk of response) body += chunk;
  assert.is(body, options.method === 'POST' ? 'body' : '');
  server.close();
  server.closeAllConnections();
  return pairs(rawHeaders).filter(line => !/^(host|connection):/.test(line));
}

function pairs(raw: readonly string[]): string[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [`${name.toLowerCase()}:${raw[i + 1]}`] : []));
}

test.run();
