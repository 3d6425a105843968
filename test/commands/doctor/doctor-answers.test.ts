import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examine, the, troubles } from './examined.js';
import { answering, grpcOnly, refusedPort, silent, withServer } from './servers.js';

const test = suite('commands/doctor/doctor-answers');

// Set-ups that are broken at the collector's end, and what is said of each.

const TOKEN = 'kfaop5U2u8jNu3iLrZW7bQ';
const authorization = { OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${TOKEN}` };

interface Refusal {
  readonly what: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    what: '401 without credentials',
    status: 401,
    says: /none are sent.*Set OTEL_EXPORTER_OTLP_HEADERS/,
  },
  {
    what: '401 with credentials',
    status: 401,
    env: authorization,
    says: /does not take the credentials it is sent \(authorization\)/,
  },
  {
    what: '403 with credentials',
    status: 403,
    env: authorization,
    says: /credentials it is sent \(authorization\) do not allow this, or have expired/,
  },
  {
    what: '403 without credentials',
    status: 403,
    says: /none are sent.*Set OTEL_EXPORTER_OTLP_HEADERS.*or have this machine let in/,
  },
  {
    what: '404',
    status: 404,
    says: /nothing at \/v1\/logs.*OTEL_EXPORTER_OTLP_ENDPOINT, .* \/v1\/logs, which is appended/,
  },
  { what: '405', status: 405, says: /nothing at \/v1\/logs/ },
  { what: '415', status: 415, says: /does not take protobuf/ },
  { what: '407', status: 407, says: /a proxy on the way/ },
  { what: '429', status: 429, says: /a limit is reached/ },
  { what: '503', status: 503, says: /overloaded/ },
  {
    what: '302',
    status: 302,
    headers: { location: 'https://example.com/otlp' },
    says: /elsewhere: https:\/\/example\.com\/otlp.*a page to log in/,
  },
  {
    what: '308 to where records go',
    status: 308,
    headers: { location: 'https://example.com/v1/logs' },
    says: /Set the endpoint to https:\/\/example\.com$/,
  },
  {
    what: 'an explanation in the title of a page',
    status: 400,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>The plain HTTP request was sent to HTTPS port</title>',
    says: /It says: The plain HTTP request was sent to HTTPS port/,
  },
  {
    what: 'an explanation',
    status: 400,
    headers: { 'content-type': 'text/plain' },
    body: 'no\x1b[2J such\ntenant',
    says: /It says: no \[2J such tenant/,
  },
  {
    what: 'an explanation in protobuf',
    status: 400,
    headers: { 'content-type': 'application/x-protobuf' },
    body: '\b\x03\x12\x07not you',
    says: /It says: not you/,
  },
];

for (const { what, status, headers, body, env, says } of refusals) {
  test(`${what} is told with what it means, and ends with 1`, () =>
    withServer(answering(status, headers, body), async port => {
      const examined = await examine([], { env: { ...endpoint(port), ...env } });

      const { status: of, says: said, means, todo } = the(examined, 'http');
      assert.is(of, 'failure');
      assert.is(said, `The collector answers HTTP ${status}`);
      assert.match(`${means} ${todo}`, says);
      assert.is(examined.status, 'failure');
      assert.is(examined.code, 1);
    }));
}

test('a port where nobody listens is told as refused', async () => {
  const examined = await examine([], { env: endpoint(await refusedPort()) });

  assert.match(the(examined, 'tcp').says, /^127\.0\.0\.1:\d+ refuses connections$/);
  assert.is(examined.code, 1);
});

test('a port that speaks gRPC alone is told as such', () =>
  withServer(grpcOnly(), async port => {
    const examined = await examine([], { env: endpoint(port) });

    assert.is(the(examined, 'http.grpc').says, 'The port speaks HTTP/2 alone, as gRPC does');
    assert.is(examined.code, 1);
  }));

test('a collector that takes the request and says nothing is waited for as long as asked', () =>
  withServer(silent(), async port => {
    const examined = await examine(['--timeout-ms', '300'], { env: endpoint(port) });

    assert.match(the(examined, 'http.timeout').means!, /^No answer within 300 ms/);
    assert.is(the(examined, 'tcp').status, 'ok');
    assert.is(examined.code, 1);
  }));

test('a name that DNS does not know is told, and nothing is sent', async () => {
  const examined = await examine([], {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' },
  });

  assert.match(the(examined, 'dns').says, /^collector\.invalid is not found \(E/);
  assert.not(examined.findings.some(({ id }) => id === 'tcp'));
  assert.is(examined.code, 1);
});

test('a token is never printed whole, also when the collector repeats it', () =>
  withServer(
    answering(403, { 'content-type': 'text/plain' }, 'who is $authorization?'),
    async port => {
      const examined = await examine([], { env: { ...endpoint(port), ...authorization } });

      assert.match(the(examined, 'endpoint').says, 'authorization: Bearer kfao… (22 characters)');
      assert.match(the(examined, 'http').means!, 'It says: who is ***?');
      assert.not.match(examined.stdout, TOKEN);
    },
  ));

test('a token that has expired is told by the token alone', () =>
  withServer(answering(403), async port => {
    const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
    const token = `eyJhbGciOiJub25lIn0.${claims}.c2lnbmF0dXJl`;
    const env = { OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token}` };

    const examined = await examine([], { env: { ...endpoint(port), ...env } });

    assert.is(
      the(examined, 'endpoint.token').says,
      'The token in authorization expired on 2023-11-14T22:13:20.000Z',
    );
    assert.equal(troubles(examined).slice(0, 2), ['endpoint.token', 'http']);
    assert.not.match(examined.stdout, token);
  }));

function endpoint(port: number): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
}

test.run();
