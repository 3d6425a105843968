import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/pipeline/retry.js';
import { Sender } from '../../src/pipeline/send.js';

const test = suite('pipeline/send');

const BODY = Buffer.alloc(1024 * 1024, 'x');
const ACCEPTED: Outcome = { kind: 'accepted', status: 200, rejectedRecords: 0, message: '' };

/** A sender to a server that does with its n-th connection what the test says. */
async function withServer(
  onSocket: (socket: Socket, index: number) => void,
  run: (sender: Sender, server: Server) => Promise<void>,
): Promise<void> {
  const sockets: Socket[] = [];
  const server = createServer(socket => {
    socket.on('error', () => {});
    onSocket(socket, sockets.push(socket) - 1);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await run(new Sender(`http://127.0.0.1:${port}/v1/logs`), server);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const answer = (head: string, body = '') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('an answer that comes before the body was read counts, though the collector hangs up', async () => {
  await withServer(
    socket => socket.once('data', () => socket.end(answer('413 Too Large\r\nConnection: close'))),
    async sender => {
      assert.equal(await sender.send(BODY, 10_000), {
        kind: 'refused',
        status: 413,
        reason: 'HTTP 413',
        mayBeOneRecord: true,
      });
    },
  );
});

test('a status counts even if the body after it breaks off', async () => {
  await withServer(
    socket =>
      socket.once('data', () => {
        socket.resume().end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc');
      }),
    async sender => assert.equal(await sender.send(Buffer.from('x'), 10_000), ACCEPTED),
  );
});

test('an endless answer is read no further than needed', async () => {
  await withServer(
    socket =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const timer = setInterval(() => socket.write('x'.repeat(10_000)), 1);
        socket.on('close', () => clearInterval(timer));
      }),
    async sender => assert.equal(await sender.send(Buffer.from('x'), 30_000), ACCEPTED),
  );
});

for (const [what, data] of [
  ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
  ['nothing', ''],
] as const) {
  test(`an answer of ${what} is tried again later`, async () => {
    await withServer(
      socket => socket.once('data', () => socket.resume().end(data)),
      async sender => assert.is((await sender.send(Buffer.from('x'), 10_000)).kind, 'retryable'),
    );
  });
}

test('an attempt ends at its timeout', async () => {
  await withServer(
    socket => socket.resume(),
    async sender => {
      const outcome = await sender.send(Buffer.from('x'), 50);
      assert.equal(outcome, { kind: 'retryable', reason: 'no answer within 50 ms' });
    },
  );
});

test('a hurried attempt ends sooner, and is not hurried into taking longer', async () => {
  await withServer(
    socket => socket.resume(),
    async sender => {
      const sending = sender.send(Buffer.from('x'), 60_000);
      sender.hurry(40);
      sender.hurry(30_000);
      assert.is((await sending).kind, 'retryable');
      sender.hurry(1);
    },
  );
});

test('a connection closed as it is used again is replaced at once', async () => {
  let requests = 0;
  await withServer(
    socket =>
      socket.on('data', () => {
        if (++requests === 2) socket.resetAndDestroy();
        else socket.write(answer('200 OK'));
      }),
    async sender => {
      for (let i = 0; i < 3; i++)
        assert.equal(await sender.send(Buffer.from('x'), 10_000), ACCEPTED);
    },
  );
  assert.is(requests, 4);
});

test('a new connection that is reset is not tried again at once', async () => {
  let connections = 0;
  await withServer(
    socket => {
      connections++;
      socket.once('data', () => socket.resetAndDestroy());
    },
    async sender => assert.is((await sender.send(Buffer.from('x'), 10_000)).kind, 'retryable'),
  );
  assert.is(connections, 1);
});

test('a refused connection is tried again later, and says what was refused', async () => {
  const sender = new Sender('http://127.0.0.1:1/v1/logs');

  const outcome = await sender.send(Buffer.from('x'), 10_000);

  assert.is(outcome.kind, 'retryable');
  assert.match((outcome as { reason: string }).reason, 'ECONNREFUSED');
});

test.run();
