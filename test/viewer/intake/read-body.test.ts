import { once } from 'node:events';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBodyReader, RequestFault } from '../../../src/viewer/intake/read-body.js';
import { listen } from '../../../src/viewer/server/listen.js';
import { withViewer } from '../viewing.js';

const test = suite('viewer/intake/read-body');

const LIMITS = { bodyBytes: 10_000, heldBytes: 25_000, freeBytes: 1000 };
const MIB = 1024 * 1024;
const WIDE = { bodyBytes: 40 * MIB, heldBytes: 10 * MIB, freeBytes: 1000 };

interface Reading {
  /** Sends so much, and ends only when told to; the answer's status. */
  send(
    bytes: number | Buffer,
    headers?: Record<string, string>,
  ): { end(): void; status: Promise<number> };
  /** Until so many bytes have come. */
  received(bytes: number): Promise<void>;
}

function withReader(
  run: (reading: Reading) => Promise<void>,
  limits = LIMITS,
): () => Promise<void> {
  return async () => {
    const useBody = createBodyReader(limits);
    let arrived = 0;
    const server = await listen({
      other: { begins: () => false, take: () => {} },
      port: 0,
      serve: async (incoming, response) => {
        incoming.on('data', chunk => {
          arrived += chunk.length;
        });
        const status = await useBody(incoming, () => 200).catch(error =>
          error instanceof RequestFault ? error.status : 499,
        );
        response.writeHead(status, { connection: 'close' }).end();
      },
    });
    const send: Reading['send'] = (bytes, headers = {}) => {
      const sent = request({ port: server.port, method: 'POST', headers, agent: false });
      const status = once(sent, 'response').then(
        ([response]) => response.resume().statusCode,
        () => 0,
      );
      // Broken off while it sends: the status says so.
      sent.on('error', () => {});
      sent.write(typeof bytes === 'number' ? Buffer.alloc(bytes) : bytes);
      return { end: () => sent.destroyed || sent.end(), status };
    };
    const received: Reading['received'] = async bytes => {
      while (arrived < bytes) await new Promise(resolve => setImmediate(resolve));
    };
    try {
      await run({ send, received });
    } finally {
      await server.close();
    }
  };
}

test(
  'of large bodies at once no more are held than may be, and small ones pass beside them',
  withReader(async ({ send, received }) => {
    const held = [send(9000), send(9000), send(9000)];
    await received(27_000);

    assert.is(await send(9000).status, 503);
    const small = send(900);
    small.end();
    assert.is(await small.status, 200);

    for (const { end } of held) end();
    assert.equal(await Promise.all(held.map(({ status }) => status)), [200, 200, 200]);
  }),
);

test(
  'what was read, refused or broken off is held no longer',
  withReader(async ({ send, received }) => {
    for (let round = 1; round <= 12; round++) {
      const large = send(9000);
      await received(round * 9000);
      large.end();
      assert.is(await large.status, 200);
    }
    for (let round = 0; round < 6; round++) assert.is(await send(12_000).status, 413);

    const last = send(9000);
    last.end();
    assert.is(await last.status, 200);
  }),
);

test(
  'whoever is refused in the middle is told so and let go, however much is left',
  withReader(async ({ send }) => {
    const length = 30 * MIB;
    const sent = Array.from({ length: 6 }, () =>
      send(length, { 'content-length': String(length) }),
    );

    const statuses = await Promise.all(sent.map(({ status }) => status));

    // The answer, or the end of a connection that nobody reads from any more.
    assert.ok(
      statuses.every(status => [503, 0].includes(status)),
      String(statuses),
    );
  }, WIDE),
);

test(
  'a body without a length is refused once it is too long, not held for ever',
  withViewer(async ({ receiverUrl }) => {
    const headers = { 'content-type': 'application/x-protobuf' };
    const sent = request(`${receiverUrl}/v1/logs`, { method: 'POST', headers, agent: false });
    const answered = once(sent, 'response').then(
      ([{ statusCode }]) => statusCode,
      () => 413,
    );
    sent.on('error', () => {});
    sent.write(Buffer.alloc(65 * MIB));

    assert.is(await answered, 413);
    sent.destroy();
  }),
);

test(
  'the name of an encoding is read in any case',
  withReader(async ({ send }) => {
    const sent = send(gzipSync('x'), { 'content-encoding': 'GZip' });
    sent.end();

    assert.is(await sent.status, 200);
  }),
);

test.run();
