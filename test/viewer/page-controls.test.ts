import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logsRequest } from './otlp-request.js';
import { pageTests, post, startViewer } from './page-bench.js';
import { traceIdOf } from './seed-jobs.js';

const test = suite('viewer/page-controls');
const onPage = pageTests(test);

function lines(...bodies: string[]) {
  const at = { atMs: Date.now(), severityNumber: 9, traceId: traceIdOf(1) };
  return bodies.map(body => ({ ...at, body }));
}

onPage('a link shows the same to whoever opens it, and back goes back', async bench => {
  const { open, send, rows, see, page, pageUrl } = bench;
  await send(lines('One', 'Two'));
  await open();
  await rows(2);

  await page.fill('.filter-input input', 'two');
  await page.press('.filter-input input', 'Enter');
  await rows(1);
  await page.click('.canvas .row');
  await see('.detail pre:has-text("Two")');
  const link = page.url();
  await page.goBack();
  await page.waitForSelector('.detail', { state: 'detached' });
  await page.goBack();
  await rows(2);
  await page.goForward();
  await rows(1);
  await page.goto(link);
  await see('.detail pre:has-text("Two")');

  assert.is(link, `${pageUrl}/?filter=two&record=2`);
  await rows(1);
});

onPage('paused, nothing moves; going on shows what came meanwhile', async bench => {
  const { open, send, rows, see, page, messages } = bench;
  await send(lines('Before'));
  await open();
  await rows(1);

  await page.keyboard.press('Space');
  await see('.connection.paused');
  await send(lines('Meanwhile'));
  await see('.newest:has-text("1 new")');
  assert.equal(await messages(), ['Before']);
  await page.keyboard.press('Space');
  await rows(2);

  assert.equal(await messages(), ['Before', 'Meanwhile']);
});

onPage('records are deleted only after a question', async ({ open, send, rows, see, page }) => {
  await send(lines('One'));
  await open();
  await rows(1);

  await page.click('[aria-label="Delete all records"]');
  await page.click('dialog button:has-text("Keep them")');
  await page.waitForSelector('dialog', { state: 'detached' });
  await rows(1);
  await page.click('[aria-label="Delete all records"]');
  await page.click('dialog .danger');

  await see('text=Waiting for the first record');
});

onPage('an export holds what the filter lets through, a record a line', async bench => {
  const { open, send, rows, page } = bench;
  await send(lines('One', 'Two', 'Two again'));
  await open('?filter=two');
  await rows(2);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('[aria-label="Export as NDJSON"]'),
  ]);
  const text = readFileSync(await download.path(), 'utf8');

  const bodies = text
    .trimEnd()
    .split('\n')
    .map(json => JSON.parse(json).body);
  assert.equal(bodies, ['Two', 'Two again']);
});

onPage('colours follow the system until others are chosen', async ({ open, page }) => {
  await open();
  const shown = () => page.locator('html').getAttribute('data-theme');
  assert.is(await shown(), 'dark');

  await page.click('[aria-label="Colours: system"]');
  await page.click('[aria-label="Colours: dark"]');
  await page.waitForSelector('html[data-theme=light]');
  await page.reload();

  await page.waitForSelector('html[data-theme=light]');
});

onPage('a viewer that comes back is found again, with what arrived meanwhile', async bench => {
  const { page, see } = bench;
  const first = await startViewer();
  const port = Number(new URL(first.pageUrl!).port);
  await page.goto(first.pageUrl!);
  await see('.connection.live');

  await first.close();
  await see('.connection.lost');
  const second = await startViewer(port);
  try {
    await post(`${second.receiverUrl}/v1/logs`, logsRequest(lines('After it came back')));
    await see('.connection.live');
    await see('.row:has-text("After it came back")');
  } finally {
    await page.goto('about:blank');
    await second.close();
  }
  // That a connection was refused is the subject here.
  bench.forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY|asked: /);
});

test.run();
