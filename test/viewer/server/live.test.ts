import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveBatch } from '../../../src/viewer/api.js';
import { send, type Viewing, withViewer } from '../viewing.js';

const test = suite('viewer/server/live');

const log = (body: string) => ({
  timeUnixNano: '1',
  severityNumber: 9,
  body: { stringValue: body },
});

test(
  'what arrives is sent on, to each page what its filter lets through',
  withViewer(async viewer => {
    const all = await listen(viewer, '');
    const some = await listen(viewer, 'job');

    await send(viewer, [log('Job 1'), log('other'), log('Job 2')]);

    assert.equal(bodies(await all.batch()), ['Job 1', 'other', 'Job 2']);
    assert.equal(bodies(await some.batch()), ['Job 1', 'Job 2']);
  }),
);

test(
  'of more than a page can take the newest are sent, and the others counted',
  withViewer(async viewer => {
    const page = await listen(viewer, '');

    await send(
      viewer,
      Array.from({ length: 1700 }, (_, index) => log(String(index))),
    );

    const { records, skipped } = await page.batch();
    assert.equal([records.length, skipped, records.at(-1)!.body], [500, 1200, '1699']);
  }),
);

test(
  'a page that reads nothing costs no more than it may, and gets the newest when it reads again',
  withViewer(async viewer => {
    const page = await listen(viewer, '');
    page.response.pause();
    const large = 'x'.repeat(8000);
    for (let batch = 0; batch < 60; batch++) {
      await send(
        viewer,
        Array.from({ length: 300 }, () => log(large)),
      );
    }
    await send(viewer, [log('last')]);

    page.response.resume();

    let sent = 0;
    let passedOver = 0;
    for (let last = ''; last !== 'last'; ) {
      const { records, skipped } = await page.batch();
      sent += records.length;
      passedOver += skipped;
      last = records.at(-1)!.body;
    }
    assert.is(sent + passedOver, 60 * 300 + 1);
    // What fits into the buffers of both ends of a connection, and a batch or two.
    assert.ok(sent < 6000, `${sent} sent`);
  }),
);

test(
  'pages are told that all was cleared',
  withViewer(async viewer => {
    const page = await listen(viewer, '');
    const headers = { 'x-otel-register-view': '1' };

    await fetch(`${viewer.pageUrl}/api/clear`, { method: 'POST', headers });

    assert.equal(await page.event(), { name: 'cleared', data: '{}' });
  }),
);

test(
  'so many pages may listen, and when one goes another may come',
  withViewer(async viewer => {
    const pages = [];
    for (let count = 0; count < 32; count++) pages.push(await listen(viewer, ''));
    assert.is((await open(viewer, '')).statusCode, 503);

    pages[0]!.response.destroy();

    let status: number | undefined = 503;
    while (status === 503) status = (await open(viewer, '')).statusCode;
    assert.is(status, 200);
  }),
);

function bodies({ records }: LiveBatch): string[] {
  return records.map(({ body }) => body);
}

async function open({ pageUrl }: Viewing, filter: string): Promise<IncomingMessage> {
  const sent = get(`${pageUrl}/api/live?${new URLSearchParams({ filter })}`, { agent: false });
  const [response] = await once(sent, 'response');
  return response;
}

/** A page that listens. */
async function listen(viewer: Viewing, filter: string) {
  const response = await open(viewer, filter);
  response.setEncoding('utf8').on('error', () => {});
  let text = '';
  response.on('data', chunk => {
    text += chunk;
  });
  const event = async (): Promise<{ name: string; data: string }> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        await once(response, 'data');
        continue;
      }
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (name) return { name, data: data! };
    }
  };
  return { response, event, batch: async () => JSON.parse((await event()).data) as LiveBatch };
}

test.run();
