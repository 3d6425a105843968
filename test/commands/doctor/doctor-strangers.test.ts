import { connect, createServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examine, the } from './examined.js';
import { answering, withServer } from './servers.js';

const test = suite('commands/doctor/doctor-strangers');

// Something listens at the endpoint, and it is no collector that could take records.

const PAGE = '<!doctype html><html><head><title>Welcome to nginx!</title></head></html>';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

test('a web page that answers 200 to anything is a failure, though the record was taken', () =>
  withServer(answering(200, HTML, PAGE), async port => {
    const examined = await examine([], { env: endpoint(port) });

    const { status, says, means } = the(examined, 'probe.page');
    assert.is(status, 'failure');
    assert.is(says, 'A web page answers there (HTTP 200), and no collector');
    assert.is(means, 'Records are taken, and go nowhere. It says: Welcome to nginx!');
    assert.is(examined.code, 1);
  }));

test('a collector that calls one word a page is one nevertheless', () =>
  withServer(answering(200, HTML, 'OK'), async port => {
    const examined = await examine([], { env: endpoint(port) });

    assert.is(the(examined, 'probe').status, 'ok');
    assert.is(examined.code, 0);
  }));

const greetings: readonly (readonly [what: string, bytes: Buffer, says: string, todo: RegExp])[] = [
  ['SSH', Buffer.from('SSH-2.0-x\r\n'), 'What listens there does not speak HTTP', /4318/],
  ['TLS', Buffer.from('15030100020228', 'hex'), 'The port speaks TLS alone', /Use https:\/\//],
];

for (const [what, bytes, says, todo] of greetings) {
  test(`a port that speaks ${what} is told from one that hangs up`, () =>
    withServer(
      createServer(socket => socket.on('error', () => {}).end(bytes)),
      async port => {
        const examined = await examine([], { env: endpoint(port) });

        assert.is(the(examined, 'http').says, says);
        assert.match(the(examined, 'http').todo!, todo);
        assert.is(examined.code, 1);
      },
    ));
}

test('advice on a path that is not there names the variable it is from', () =>
  withServer(answering(404), async port => {
    const env = { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://127.0.0.1:${port}/logs` };

    const examined = await examine([], { env });

    assert.match(
      the(examined, 'http').todo!,
      /^Correct the path in OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: it is used as it is/,
    );
  }));

const USUAL_PORT = 4318;
const isInUse = await new Promise<boolean>(resolve => {
  const socket = connect(USUAL_PORT, 'localhost');
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  socket.on('connect', () => socket.destroy());
});
if (isInUse) console.log(`Skipped: something listens on ${USUAL_PORT} here.`);
const onFreePort = isInUse ? test.skip : test;

onFreePort(
  'who has set no endpoint, and has no collector, is told so, and of the viewer',
  async () => {
    const { means, todo } = the(await examine([]), 'tcp');

    assert.match(means!, /^No endpoint is set, so this is the usual one/);
    assert.match(todo!, 'otel-register view');
  },
);

function endpoint(port: number): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
}

test.run();
