import { once } from 'node:events';
import { connect } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Listening, listen } from '../../../src/viewer/server/listen.js';

const test = suite('viewer/server/listen');

const IDLE_MS = 50;
const beginsOther = (chunk: Buffer) => chunk[0] === 0;

async function listening(): Promise<Listening> {
  return listen({
    port: 0,
    idleMs: IDLE_MS,
    serve: async (_incoming, response) => void response.end('hello'),
    other: { begins: beginsOther, take: () => {} },
  });
}

const SILENT: readonly (readonly [when: string, sent: string])[] = [
  ['before its first byte', ''],
  ['within a request', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-len'],
  ['after a request', 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'],
  ['in another protocol', '\0'],
];
for (const [when, sent] of SILENT) {
  test(`a connection that falls silent ${when} is closed`, async () => {
    const server = await listening();
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(sent);

    socket.resume();
    await once(socket, 'close');

    await server.close();
    assert.ok(socket.destroyed);
  });
}

test('a connection that goes on speaking stays', async () => {
  const server = await listening();
  const socket = connect(server.port, '127.0.0.1');
  let answers = '';
  socket.on('data', chunk => {
    answers += chunk;
  });
  const ask = async () => {
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
  };

  for (let request = 0; request < 20; request++) await ask();

  assert.is(answers.match(/hello/g)?.length, 20);
  socket.destroy();
  await server.close();
});

test.run();
