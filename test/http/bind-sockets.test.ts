import { once } from 'node:events';
import { io } from 'socket.io-client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { recordsWhileServing } from './serving.js';

const test = suite('http/bind-sockets');

const COUNT = 5;

test('with ws, each message carries the id of the upgrade, and what was bound as it connected', async () => {
  const visit = async (url: string) => {
    const clients = await Promise.all(
      Array.from({ length: COUNT }, async (_, n) => {
        const client = new WebSocket(url, { headers: { 'x-request-id': `given-${n}` } });
        await once(client, 'open');
        return client;
      }),
    );
    for (let round = 0; round < 3; round++) {
      const answered = clients.map(client => once(client, 'message'));
      for (const [n, client] of clients.entries()) client.send(`${n}`);
      await Promise.all(answered);
    }
    clients[0]!.send('end');
  };

  const records = await recordsWhileServing(
    { script: 'requests/sockets.cjs', args: ['ws'] },
    visit,
  );

  assertBound(records, n => `given-${n}`);
  for (let n = 0; n < COUNT; n++) {
    const lines = records.filter(({ attributes }) => attributes.message === String(n));
    const sessions = new Set(lines.map(({ attributes }) => attributes.session_id));
    assert.is(sessions.size, 1);
    assert.type([...sessions][0], 'string');
  }
});

for (const transports of [['websocket'], ['polling', 'websocket']]) {
  test(`with socket.io by ${transports.join(' and ')}, each message carries an id`, async () => {
    const visit = async (url: string) => {
      const clients = Array.from({ length: COUNT }, () => io(url, { transports, forceNew: true }));
      await Promise.all(
        clients.map(client => new Promise<void>(resolve => client.on('connect', resolve))),
      );
      for (let round = 0; round < 3; round++) {
        const answered = clients.map(
          client => new Promise(resolve => client.once('message', resolve)),
        );
        for (const [n, client] of clients.entries()) client.send(`${n}`);
        await Promise.all(answered);
      }
      clients[0]!.send('end');
      await new Promise(resolve => clients[0]!.once('disconnect', resolve));
      for (const client of clients) client.close();
    };

    const records = await recordsWhileServing(
      { script: 'requests/sockets.cjs', args: ['socket.io'] },
      visit,
    );

    for (const { body, attributes } of records)
      assert.match(String(attributes.request_id), /^req_/, String(body));
    if (transports.length === 1) assertBound(records);
  });
}

function assertBound(records: readonly ReceivedLog[], idOf?: (n: number) => string): void {
  for (let n = 0; n < COUNT; n++) {
    const lines = records.filter(({ attributes }) => attributes.message === String(n));
    assert.is(lines.length, 6);
    const ids = new Set(lines.map(({ attributes }) => attributes.request_id));
    assert.is(ids.size, 1);
    if (idOf !== undefined) assert.equal([...ids], [idOf(n)]);
  }
}

test.run();
