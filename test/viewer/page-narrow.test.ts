import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pageTests } from './page-bench.js';
import { traceIdOf, workOf } from './seed-jobs.js';

const test = suite('viewer/page-narrow');
const onPage = pageTests(test);

const PHONE = { width: 390, height: 844 };

async function boxOf(page: Page, selector: string) {
  return (await page.locator(selector).first().boundingBox())!;
}

/** Controls that cannot be reached, as none of the page scrolls sideways. */
function outside(page: Page): Promise<string[]> {
  const { width: windowWidth } = page.viewportSize()!;
  return page.locator('button:visible, a:visible, input:visible').evaluateAll((controls, width) => {
    return controls.flatMap(control => {
      const { left, right } = control.getBoundingClientRect();
      const isInside = left >= 0 && right <= width;
      return isInside ? [] : [control.ariaLabel ?? control.textContent ?? control.tagName];
    });
  }, windowWidth);
}

onPage(
  'a phone shows the messages, and every control',
  async ({ open, send, page, see }) => {
    await send(workOf(20, Date.now() - 40_000, 2000).lines);
    await open();
    await see('.canvas .row');

    assert.ok((await boxOf(page, '.canvas .message')).width > 180);
    assert.ok((await boxOf(page, '.filter-input input')).width > 250);
    assert.equal(await outside(page), []);

    await page.click('.opener:has-text("Level")');
    const popup = await boxOf(page, '.popup');
    assert.ok(popup.x >= 0 && popup.x + popup.width <= PHONE.width, JSON.stringify(popup));
  },
  PHONE,
);

for (const width of [320, PHONE.width]) {
  onPage(
    `${width} pixels have room for every control, connected or not`,
    async ({ open, page, see, forgive }) => {
      await open();
      assert.equal(await outside(page), []);

      await page.route('**/api/live*', route => route.abort());
      await page.reload();
      await see('.connection.lost');

      assert.equal(await outside(page), []);
      forgive(/ERR_FAILED/);
    },
    { ...PHONE, width },
  );
}

onPage(
  'a record takes the place of the list on a phone, until it is closed',
  async ({ open, send, page, see }) => {
    await send(workOf(20, Date.now() - 40_000, 2000).lines);
    await open();

    await page.click('.canvas .row >> nth=3');
    await see('.detail section[aria-label="Resource"]');
    const detail = await boxOf(page, '.detail');
    assert.equal([detail.x, detail.width], [0, PHONE.width]);
    assert.equal(await outside(page), []);
    await page.click('[aria-label="Close the record"]');

    await page.click('.canvas .row >> nth=3');
  },
  PHONE,
);

for (const [what, search, selector] of [
  ['a trace', `?trace=${traceIdOf(3)}`, '.waterfall .span'],
  ['call sites', '?view=call-sites', '.sites li .message'],
] as const) {
  onPage(
    `${what} can be read on a phone`,
    async ({ open, send, sendSpans, page, see }) => {
      const { lines, spans } = workOf(20, Date.now() - 40_000, 2000);
      await send(lines);
      await sendSpans(spans);
      await open(search);

      await see(selector);

      assert.ok((await boxOf(page, '.canvas .message, .sites li .message')).width > 180);
      assert.equal(await outside(page), []);
    },
    PHONE,
  );
}

test.run();
