import { once } from 'node:events';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBodyReader, RequestFault } from '../../../src/viewer/intake/read-body.js';
import { listen } from '../../../src/viewer/server/listen.js';

const test = suite('viewer/intake/read-body');

const LIMITS = { bodyBytes: 10_000, heldBytes: 25_000, freeBytes: 1000 };

interface Reading {
  /** Sends so much, and ends only when told to; the answer's status. */
  send(
    bytes: number | Buffer,
    headers?: Record<string, string>,
  ): { end(): void; status: Promise<number> };
  /** Until so many bytes have come. */
  received(bytes: number): Promise<void>;
}

function withReader(run: (reading: Reading) => Promise<void>): () => Promise<void> {
  return async () => {
    const useBody = createBodyReader(LIMITS);
    let arrived = 0;
    const server = await listen({
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
  'the name of an encoding is read in any case',
  withReader(async ({ send }) => {
    const sent = send(gzipSync('x'), { 'content-encoding': 'GZip' });
    sent.end();

    assert.is(await sent.status, 200);
  }),
);

test.run();
