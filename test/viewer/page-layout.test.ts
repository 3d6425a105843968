import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pageTests } from './page-bench.js';
import { traceIdOf, workOf } from './seed-jobs.js';

const test = suite('viewer/page-layout');
const onPage = pageTests(test);

const DAY_MS = 86_400_000;
const WORK = workOf(20, Date.now() - 40_000, 2000);

/** Of elements that have to be read whole: those which are cut. */
function cutOff(page: Page, selector: string): Promise<string[]> {
  return page
    .locator(selector)
    .evaluateAll(elements =>
      elements
        .filter(element => element.scrollWidth > element.clientWidth)
        .map(element => element.textContent ?? ''),
    );
}

async function topOf(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())!.y;
}

for (const width of [1440, 1000, 700]) {
  onPage(
    `${width} pixels wide, times of several days are shown whole, beside a record as well`,
    async ({ open, send, rows, see, page }) => {
      const today = { atMs: Date.now(), severityNumber: 9, body: 'Today' };
      await send([{ ...today, atMs: today.atMs - 3 * DAY_MS, body: 'Days ago' }, today]);
      await open();
      await rows(2);
      await see('.list.with-day');
      assert.equal(await cutOff(page, '.canvas .time'), []);

      await page.click('.row:has-text("Days ago")');
      await see('.detail section[aria-label="Resource"]');

      assert.equal(await cutOff(page, '.canvas .time, .detail .when, .detail .badge'), []);
    },
    { width },
  );
}

onPage('that a trace or a span has no line is said where the lines would be', async bench => {
  const { open, sendSpans, page, see } = bench;
  await open(`?trace=${traceIdOf(3)}`);
  await see('.trace .note:has-text("No line of this trace")');
  const header = await topOf(page, '.trace-header');
  assert.ok((await topOf(page, '.trace .note')) < header + 100);

  await sendSpans(WORK.spans);
  await page.reload();
  await page.click('.span:has-text("PUT blob")');
  await see('.trace .note');

  assert.ok((await topOf(page, '.trace .note')) < (await topOf(page, 'li:last-child .span')) + 100);
});

onPage('that no call site matches is said where they would be', async bench => {
  const { open, send, page, see } = bench;
  await send(WORK.lines);
  await open('?view=call-sites&filter=nothing');

  await see('.sites .note');

  assert.ok((await topOf(page, '.sites .note')) < (await topOf(page, '.site.header')) + 100);
});

onPage(
  'the id of a trace stays in sight and clear of what stands beside it',
  async ({ open, send, sendSpans, page, see }) => {
    await sendSpans(WORK.spans);
    await send(WORK.lines);
    await open(`?trace=${traceIdOf(3)}`);
    await page.click('.row:has-text("Job failed")');
    await see('.stack .own');

    const boxOf = async (selector: string) =>
      (await page.locator(`.trace-header ${selector}`).boundingBox())!;
    const [id, copy, counts] = [await boxOf('code'), await boxOf('.copy'), await boxOf('p')];

    assert.ok(id.width > 60, String(id.width));
    assert.ok(copy.x >= id.x + id.width && counts.x >= copy.x + copy.width + 8);
  },
  { width: 900, height: 700 },
);

onPage(
  'the help begins with its beginning in a window that it does not fit in',
  async ({ open, page, see }) => {
    await open();
    await page.keyboard.press('?');
    await see('dialog[open]');

    assert.is(await page.locator('dialog').evaluate(dialog => dialog.scrollTop), 0);
  },
  { width: 320, height: 480 },
);

onPage(
  'a finger finds what a mouse finds by pointing: to leave a value out, to copy it',
  async ({ open, send, page, see }) => {
    await send([{ atMs: Date.now(), severityNumber: 9, body: 'One', fields: { job_id: 'a' } }]);
    await open();
    await page.tap('.canvas .row');
    await see('.detail [aria-label="Leave out job_id: a"]');

    const opacities = await page
      .locator('[aria-label=Fields] dd .icon')
      .evaluateAll(icons =>
        icons.map(icon => Number(Reflect.get(globalThis, 'getComputedStyle')(icon).opacity)),
      );

    assert.is(opacities.length, 2);
    assert.ok(
      opacities.every(opacity => opacity > 0.5),
      opacities.join(),
    );
  },
  { width: 390, height: 844, isTouch: true },
);

test.run();
