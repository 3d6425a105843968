import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';
import { type PageBench, pageTests } from './page-bench.js';
import { traceIdOf, workOf } from './seed-jobs.js';

const test = suite('viewer/page-trace');
const onPage = pageTests(test);

/** Set, it keeps pictures of the page for the README. */
const IMAGES = process.env.VIEW_IMAGES === undefined ? undefined : join(REPOSITORY, 'docs/images');
const MAX_IMAGE_BYTES = 150 * 1024;
const JOBS = 242;
const EVERY_MS = 1500;
/** Every seventh fails from the fourth on, and every fifth from there has a cold model. */
const FAILED = 213;

async function openWithWork({ open, send, sendSpans, see }: PageBench, search = '') {
  const { lines, spans } = workOf(JOBS, Date.now() - JOBS * EVERY_MS, EVERY_MS);
  await sendSpans(spans);
  await send(lines);
  await open(search);
  await see('.canvas .row');
}

async function keepImage({ page }: PageBench, name: string): Promise<void> {
  if (IMAGES === undefined) return;
  mkdirSync(IMAGES, { recursive: true });
  const path = join(IMAGES, name);
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  assert.ok(statSync(path).size <= MAX_IMAGE_BYTES, `${statSync(path).size} bytes`);
}

const IMAGE_SIZE = { width: 1080, height: 470 };

onPage(
  'the tail shows level, service, pool, message and fields in columns',
  async bench => {
    await openWithWork(bench);
    const { page } = bench;
    await bench.see('.histogram canvas');

    const row = page.locator('.canvas .row:has-text("Claimed a job of pool heavy")').last();

    assert.match(await row.locator('.time').innerText(), /^\d\d:\d\d:\d\d\.\d{3}$/);
    assert.is(await row.locator('.level').innerText(), 'INFO');
    assert.match(await row.locator('.service').innerText(), /worker\s*heavy/);
    assert.match(await row.locator('.fields').innerText(), /^job_id=workflow-\d+ ?customer_id=/);
    await keepImage(bench, 'view-tail.png');
  },
  IMAGE_SIZE,
);

onPage(
  'a trace has the lines of all services and its spans below each other',
  async bench => {
    await openWithWork(bench, `?trace=${traceIdOf(FAILED)}`);
    const { page, messages } = bench;
    await bench.see('.waterfall .span');

    const services = await page.locator('.canvas .service bdi:first-of-type').allInnerTexts();
    const names = await page.locator('.span-name > bdi').allInnerTexts();

    assert.equal(new Set(services).size >= 3, true, services.join());
    assert.is(await page.locator('.span.failed').count(), 2);
    assert.equal(names.slice(0, 3), ['POST /jobs', 'XADD jobs', 'process job']);
    assert.ok((await messages()).includes('Job failed'));
    assert.match(await page.innerText('.trace-header p'), /^\d+ lines, 7 spans of 3 services in/);
    await page.click('.row:has-text("Job failed")');
    await bench.see('.stack .own');
    await keepImage(bench, 'view-trace.png');
  },
  IMAGE_SIZE,
);

onPage('a click on a span leaves its lines alone, another brings all back', async bench => {
  await openWithWork(bench, `?trace=${traceIdOf(FAILED)}`);
  const { page, rows, messages } = bench;
  const all = (await messages()).length;

  await page.click('.span:has-text("XADD jobs")');
  await rows(1);
  assert.equal(await messages(), ['Queued in Redis']);
  await page.click('.span:has-text("XADD jobs")');

  await rows(all);
});

onPage('the stack tells frames of the application from those of others', async bench => {
  await openWithWork(bench, '?filter=severity:error');
  const { page } = bench;

  await page.locator('.row.error').last().click();
  await bench.see('.stack .own');

  assert.is(await page.locator('.stack .own').count(), 3);
  assert.is(await page.locator('.stack .foreign').count(), 2);
});

onPage('call sites come noisiest first, and a click shows their records', async bench => {
  await openWithWork(bench);
  const { page, see, messages } = bench;
  await page.click('nav button:has-text("Call sites")');
  await see('.site.error');

  const counts = await page.locator('li .site .number').allInnerTexts();
  const numbers = counts.map(text => Number(text.replaceAll(',', '')));
  await page.click('.site:has-text("Job workflow-<n> received")');
  await see('.chips');
  await see('.canvas .row');

  assert.equal(
    numbers,
    [...numbers].sort((a, b) => b - a),
  );
  assert.is(new Set((await messages()).map(text => text.replace(/\d+/, ''))).size, 1);
});

onPage('a drag across the histogram chooses a time, which is not live', async bench => {
  await openWithWork(bench);
  const { page, see } = bench;
  const box = (await page.locator('.u-over').boundingBox())!;

  await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await see('.connection.off');

  const [from, to] = new URL(page.url()).searchParams.get('range')!.split('-').map(Number);
  const span = (to! - from!) / (JOBS * EVERY_MS);
  assert.ok(span > 0.05 && span < 0.2, String(span));
});

test.run();
