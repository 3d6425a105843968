import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-tabs');
const onPage = pageTests(test);

/** What browsers have of connections to one server, and one more. */
const TABS = 7;

function line(body: string): Line {
  return { atMs: Date.now(), severityNumber: 9, body };
}

// Tabs of a headless browser are all in sight.
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(hidden => {
    const document = Reflect.get(globalThis, 'document');
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

onPage('tabs that nobody looks at leave the connections to the others', async bench => {
  const { open, pageUrl, page, send } = bench;
  await send([line('First')]);
  await open();
  await setHidden(page, true);
  const tabs: Page[] = [];

  for (let count = 1; count < TABS; count++) {
    const tab = await page.context().newPage();
    tabs.push(tab);
    await tab.goto(`${pageUrl}/`);
    await tab.waitForSelector('text=First');
    if (count < TABS - 1) await setHidden(tab, true);
  }
  await send([line('Later')]);
  await tabs.at(-1)!.waitForSelector('text=Later');
  assert.is(await page.locator('text=Later').count(), 0);

  await setHidden(page, false);
  await page.waitForSelector('text=Later');
  await send([line('Last')]);
  await page.waitForSelector('text=Last');
  for (const tab of tabs) await tab.close();
});

onPage('whoever had paused is told of what came meanwhile once', async bench => {
  const { open, page, send, see } = bench;
  await send(Array.from({ length: 40 }, (_, index) => line(`Before ${index}`)));
  await open();
  await see('text=Before 39');
  await page.keyboard.press('Space');
  await send([line('While paused')]);
  await see('text=1 new');

  await setHidden(page, true);
  await send([line('While hidden'), line('While hidden')]);
  await setHidden(page, false);

  await see('text=3 new');
  await page.keyboard.press('Space');
  await see('text=While hidden');
});

test.run();
