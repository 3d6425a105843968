import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-range');
const onPage = pageTests(test);

const MINUTE_MS = 60_000;

function line(body: string, agoMs = 0) {
  return { atMs: Date.now() - agoMs, severityNumber: 9, body };
}

onPage('what has become older than the range leaves the live list', async bench => {
  const { open, send, rows, see, page, messages } = bench;
  await page.clock.install();
  await send([line('Too old', 6 * MINUTE_MS), line('Soon too old', 3 * MINUTE_MS), line('New')]);
  await open('?range=5m');
  await rows(2);

  await page.clock.fastForward(3 * MINUTE_MS);
  await rows(1);

  assert.equal(await messages(), ['New']);
  await page.clock.fastForward(3 * MINUTE_MS);
  await see('text=No record in this time');
});

onPage('what arrives late, of a time before the range, stays out of the live list', async bench => {
  const { open, send, rows, messages } = bench;
  await send([line('First')]);
  await open('?range=5m');
  await rows(1);

  await send([line('Of an hour ago', 60 * MINUTE_MS)]);
  await send([line('Second')]);
  await rows(2);

  assert.equal(await messages(), ['First', 'Second']);
});

onPage('nothing leaves while somebody reads', async ({ open, send, rows, see, page, messages }) => {
  await page.clock.install();
  await send([line('Being read', 3 * MINUTE_MS), line('New')]);
  await open('?range=5m');
  await rows(2);
  await page.click('.row:has-text("Being read")');
  await see('.detail pre:has-text("Being read")');

  await page.clock.fastForward(3 * MINUTE_MS);
  await send([line('Another')]);
  await rows(3);

  assert.equal(await messages(), ['Being read', 'New', 'Another']);
});

test.run();
