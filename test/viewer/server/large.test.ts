import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveBatch } from '../../../src/viewer/api.js';
import type { Kept } from '../../../src/viewer/entry.js';
import { selectionOf } from '../../../src/viewer/server/questions.js';
import { entry } from '../entries.js';
import { STORAGES, storeIn } from '../store/storages.js';
import { ask, send, type Viewing, withViewer } from '../viewing.js';

const test = suite('viewer/server/large');

const MIB = 1024 * 1024;
const large = (name: string) => ({
  timeUnixNano: '1',
  severityNumber: 9,
  body: { stringValue: name },
  attributes: [{ key: 'large', value: { stringValue: 'x'.repeat(MIB) } }],
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `record ${index}`);

async function sendLarge(viewer: Viewing, count: number): Promise<void> {
  for (const name of names(count)) await send(viewer, [large(name)]);
}

for (const [kind, open] of STORAGES) {
  test(`no more large records are read than an answer takes (${kind})`, async () => {
    const store = storeIn(open());
    const body = 'x'.repeat(MIB);
    for (let i = 0; i < 40; i++) store.add([entry({ body })]);
    const most = { records: 1000, characters: 4 * MIB };

    const found: readonly Kept[] = await store.find(selectionOf(new URLSearchParams()), most);

    assert.equal(
      found.map(({ id }) => id),
      [40, 39, 38, 37],
    );
    store.close();
  });
}

test(
  'pages of large records are short, and follow each other without holes or doubles',
  withViewer(async viewer => {
    await sendLarge(viewer, 20);

    const bodies: string[] = [];
    let isMore = true;
    for (let before = ''; isMore; ) {
      const { records, hasMore } = await ask(viewer, `records?limit=1000${before}`);
      assert.ok(records.length < 9, `${records.length} at once`);
      bodies.push(...records.map(({ body }: { body: string }) => body));
      before = `&before=${records.at(-1).id}`;
      isMore = hasMore;
    }

    assert.equal(bodies, names(20).reverse());
  }),
);

test(
  'an export of large records has them all',
  withViewer(async viewer => {
    await sendLarge(viewer, 12);

    const text = await (await fetch(`${viewer.pageUrl}/api/export`)).text();

    const lines = text.trimEnd().split('\n');
    assert.equal(
      lines.map(line => JSON.parse(line).body),
      names(12),
    );
  }),
);

test(
  'a live batch of large records has the newest, and counts the others',
  withViewer(async viewer => {
    const [response] = (await once(get(`${viewer.pageUrl}/api/live`), 'response')) as unknown as [
      IncomingMessage,
    ];
    await send(viewer, names(20).map(large));

    const { records, skipped } = await firstBatch(response);

    assert.ok(records.length <= 4 && records.length > 0, `${records.length} at once`);
    assert.is(records.at(-1)!.body, 'record 19');
    assert.is(records.length + skipped, 20);
    response.destroy();
  }),
);

async function firstBatch(response: IncomingMessage): Promise<LiveBatch> {
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    const [, json] = /^data: (\{"records.*)\n\n/m.exec(text) ?? [];
    if (json !== undefined) return JSON.parse(json);
  }
  throw new Error('The stream ended.');
}

test.run();
