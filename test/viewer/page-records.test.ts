import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-records');
const onPage = pageTests(test);

const NOW = Date.now();

function line(body: string, described: Partial<Line> = {}): Line {
  return { atMs: NOW, severityNumber: 9, body, ...described };
}

function numbered(count: number, name = 'Record'): Line[] {
  return Array.from({ length: count }, (_, index) => line(`${name} ${index}.`));
}

onPage('a newcomer is told the one command to run', async ({ open, see, page }) => {
  await open();

  await see('text=Waiting for the first record');

  const command = await page.textContent('.command code');
  assert.match(
    command ?? '',
    /^OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127\.0\.0\.1:\d+ node --import @emp\//,
  );
});

onPage('records appear as they arrive, oldest first', async ({ open, send, see, messages }) => {
  await send([line('First'), line('Second')]);
  await open();
  await see('text=Second');

  await send([line('Third')]);
  await see('text=Third');

  assert.equal(await messages(), ['First', 'Second', 'Third']);
});

onPage('whoever scrolls away stays there, and is told how many are new', async bench => {
  const { open, send, see, page, messages } = bench;
  await send(numbered(200));
  await open();
  await see('text=Record 199.');
  await page.hover('.scroller');
  await page.mouse.wheel(0, -1500);
  await page.locator('text=Record 199.').waitFor({ state: 'detached' });
  const before = await page.locator('.scroller').evaluate(element => element.scrollTop);

  await send(numbered(30, 'Later'));
  await see('text=30 new');

  assert.is(await page.locator('.scroller').evaluate(element => element.scrollTop), before);
  await page.click('.newest');
  await see('text=Later 29.');
  assert.ok(!(await messages()).includes('Record 0.'));
});

onPage('a filter that is typed shows what matches, of old and of new ones', async bench => {
  const { open, send, see, rows, page, messages } = bench;
  await send([
    line('Job completed', { fields: { job_id: 'a' } }),
    line('Other', { fields: { job_id: 'b' } }),
  ]);
  await open();
  await see('text=Other');

  await page.keyboard.press('/');
  await page.keyboard.type('job_id:a');
  await rows(1);
  await send([
    line('Once more', { fields: { job_id: 'a' } }),
    line('Not this', { fields: { job_id: 'b' } }),
  ]);
  await see('text=Once more');

  assert.equal(await messages(), ['Job completed', 'Once more']);
  assert.is(new URL(page.url()).searchParams.get('filter'), 'job_id:a');
});

onPage('a click on a value shows only those, with Alt all others', async bench => {
  const { open, send, see, rows, page, messages } = bench;
  const one = { customer: { name: 'two words' } };
  await send([line('One', { fields: one }), line('Two', { fields: { customer: { name: 'x' } } })]);
  await open();
  await page.click('.row:has-text("One")');

  await page.click('.detail .ask:has-text("two words")');
  await rows(1);
  assert.equal(await messages(), ['One']);
  await page.click('.chip.all');
  await see('.row:has-text("Two")');
  await page.click('.row:has-text("One")');
  await page.click('.detail .ask:has-text("two words")', { modifiers: ['Alt'] });
  await rows(1);

  assert.equal(await messages(), ['Two']);
  assert.is(new URL(page.url()).searchParams.get('filter'), '-customer.name:"two words"');
});

onPage(
  'menus choose a least level and a service',
  async ({ open, send, see, rows, page, messages }) => {
    await send([
      line('Fine'),
      line('Bad', { severityNumber: 17 }),
      line('Bad elsewhere', { severityNumber: 17, service: 'worker', pool: 'heavy' }),
    ]);
    await open();
    await see('text=Bad elsewhere');

    await page.click('.opener:has-text("Level")');
    await page.click('[role=menuitemradio]:has-text("warn")');
    await page.click('.opener:has-text("Service")');
    await page.click('[role=menuitemradio]:has-text("worker")');
    await rows(1);

    assert.equal(await messages(), ['Bad elsewhere']);
  },
);

test.run();
