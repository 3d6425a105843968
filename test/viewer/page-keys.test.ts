import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pageTests } from './page-bench.js';
import { traceIdOf } from './seed-jobs.js';

const test = suite('viewer/page-keys');
const onPage = pageTests(test);

function lines(...bodies: string[]) {
  const at = { atMs: Date.now(), severityNumber: 9, traceId: traceIdOf(1) };
  return bodies.map(body => ({ ...at, body }));
}

onPage('keys choose a record, open it, show its trace and go back', async bench => {
  const { open, send, rows, see, page } = bench;
  await send(lines('One', 'Two', 'Three'));
  await open();
  await rows(3);

  await page.keyboard.press('j');
  await see('.row.selected:has-text("Three")');
  await page.keyboard.press('k');
  await see('.row.selected:has-text("Two")');
  await page.keyboard.press('Enter');
  await see('.detail pre:has-text("Two")');
  await page.keyboard.press('k');
  await see('.detail pre:has-text("One")');
  await page.keyboard.press('t');
  await see('.trace-header:has-text("3 lines")');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'detached' });
  await page.keyboard.press('Escape');
  await page.waitForSelector('.trace-header', { state: 'detached' });

  const focus = page.locator('.scroller');
  assert.is(await focus.getAttribute('aria-activedescendant'), 'row-1');
});

onPage('keys of records scroll the call sites, and choose nothing behind them', async bench => {
  const { open, send, see, page } = bench;
  const words = Array.from(
    { length: 60 },
    (_, index) => `Site ${'abcdefghij'[index % 10]}${'klmnop'[Math.floor(index / 10)]}`,
  );
  await send(lines(...words));
  await open('?view=call-sites');
  await see('.sites li >> nth=20');
  await page.focus('.sites li .site');

  await page.keyboard.press('k');
  await page.keyboard.press('End');
  await page.waitForFunction(isScrolled, '.sites .scroll');
  await page.keyboard.press('s');
  await see('.canvas .row');

  assert.is(await page.locator('.row.selected').count(), 0);
  assert.is(await page.locator('.newest').count(), 0);
});

onPage('keys go through a menu while one is open', async ({ open, see, page, pageUrl }) => {
  await open();
  await page.click('.opener:has-text("Level")');
  await see('[role=menuitemradio]:focus:has-text("trace")');

  await page.keyboard.press('End');
  await see('[role=menuitemradio]:focus:has-text("fatal")');
  await page.keyboard.press('s');
  await page.keyboard.press('Home');
  await see('[role=menuitemradio]:focus:has-text("trace")');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=menu]', { state: 'detached' });

  assert.is(page.url(), `${pageUrl}/`);
});

onPage('help names the keys, and Escape closes it', async ({ open, see, page }) => {
  await open();

  await page.keyboard.press('?');
  await see('dialog[open] kbd:has-text("Space")');
  await page.keyboard.press('Escape');

  await page.waitForSelector('dialog', { state: 'detached' });
});

// Runs in the page.
function isScrolled(selector: string): boolean {
  return Reflect.get(globalThis, 'document').querySelector(selector).scrollTop > 0;
}

test.run();
