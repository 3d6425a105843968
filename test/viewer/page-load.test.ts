import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-load');
const onPage = pageTests(test);

const RECORDS = 100_000;
const REQUEST = 5000;
/** See MAX_ROWS of the page. */
const MAX_ROWS = 20_000;
const ROW_PX = 22;

function numbered(from: number, count: number): Line[] {
  const atMs = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    atMs,
    severityNumber: (from + index) % 40 === 0 ? 17 : 9,
    body: `Record ${from + index}.`,
    fields: { n: from + index },
  }));
}

onPage('of 100,000 records a page draws those in sight, and reads on at both ends', async bench => {
  const { open, send, see, page } = bench;
  for (let from = 0; from < RECORDS; from += REQUEST) await send(numbered(from, REQUEST));
  await open();
  await see(`text=Record ${RECORDS - 1}.`);
  await see('.counts:has-text("100,000 records")');
  const scroller = page.locator('.scroller');

  // Up, past more than a page may hold: the newest are let go.
  const first = await scroller.evaluate(readUpTo, RECORDS - MAX_ROWS - 1000);
  const heightPx = await scroller.evaluate(element => element.scrollHeight);
  const drawn = await page.locator('.canvas .row').count();
  await page.click('.newest');
  await see(`text=Record ${RECORDS - 1}.`);

  assert.ok(first < RECORDS - MAX_ROWS - 1000, String(first));
  assert.ok(heightPx <= (MAX_ROWS + 2) * ROW_PX, String(heightPx));
  assert.ok(drawn < 120, String(drawn));
});

onPage('5,000 records a second do not freeze the page, nor fill it without end', async bench => {
  const { open, send, see, page } = bench;
  await open();
  const gaps = page.evaluate(longestPause, 6000);

  for (let batch = 0; batch < 60; batch++) {
    await send(numbered(batch * 500, 500));
    await page.waitForTimeout(60);
  }
  await see('text=Record 29999.');
  const heightPx = await page.locator('.scroller').evaluate(element => element.scrollHeight);

  // Others use the processor as well: a page that freezes does so for many seconds.
  assert.ok((await gaps) < 2000, `${await gaps} ms`);
  assert.ok(heightPx <= (MAX_ROWS + 2) * ROW_PX, String(heightPx));
});

onPage('what came too fast to be sent is said, and loaded by a click', async bench => {
  const { open, send, see, page } = bench;
  await send(numbered(0, 1));
  await open();
  await see('text=Record 0.');
  await send(numbered(1, 1200));
  await see('text=Record 1200.');
  await page.locator('.scroller').evaluate(element => element.scrollTo(0, 0));

  await page.click('.gap button:has-text("700 came too fast")');
  await see('.gap button:has-text("200 came too fast")');
  await page.click('.gap button');
  await page.waitForSelector('.gap', { state: 'detached' });
  await page.locator('.scroller').evaluate(element => element.scrollTo(0, 0));
  await see('text=Record 1.');

  const heightPx = await page.locator('.canvas').evaluate(element => element.clientHeight);
  assert.is(heightPx, 1201 * ROW_PX);
});

onPage('from an old record a reader gets down to the newest without a hole', async bench => {
  const { open, send, see, page } = bench;
  await send(numbered(1, 2000));
  await open('?record=100');
  await see('.row.selected:has-text("Record 100.")');

  const canvas = page.locator('.canvas');
  const reachEnd = async () => {
    await page.locator('.scroller').evaluate(element => element.scrollTo(0, 1e9));
    return (await canvas.evaluate(element => element.clientHeight)) / ROW_PX;
  };
  let rows = 0;
  while (rows < 2000) rows = await reachEnd();
  await reachEnd();

  assert.is(rows, 2000);
  await see('text=Record 2000.');
  await page.waitForSelector('.newest', { state: 'detached' });
});

interface Scroller {
  scrollTop: number;
  querySelector(selector: string): { textContent: string | null } | null;
}

// Runs in the page: scrolls up until the first row has a smaller number; returns that.
async function readUpTo(scroller: Scroller, number: number): Promise<number> {
  for (;;) {
    const first = scroller.querySelector('.message')?.textContent ?? '';
    const reached = Number(/\d+/.exec(first)?.[0]);
    if (reached < number) return reached;
    scroller.scrollTop = 0;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

// Runs in the page: the longest time in which it did nothing else, ms.
function longestPause(lastsMs: number): Promise<number> {
  return new Promise(resolve => {
    const startMs = performance.now();
    let [last, longest] = [startMs, 0];
    const tick = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (now - startMs > lastsMs) resolve(Math.round(longest));
      else setTimeout(tick, 10);
    };
    tick();
  });
}

test.run();
