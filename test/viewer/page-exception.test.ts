import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-exception');
const onPage = pageTests(test);

const FRAME = 'at inner (file:///srv/app/jobs.mjs:2:26)';
const FRAMES = `    ${FRAME}\n    at async run (node:internal/modules/run_main:117:5)`;
const CAUSE = 'TypeError: deep\n    at read (/srv/app/disk.js:9:1)';
const EXCEPTION = {
  'exception.type': 'Boom',
  'exception.message': 'two\nlines of it',
  'exception.stacktrace': `Boom: two\nlines of it\n${FRAMES}\nCaused by: ${CAUSE}`,
};
/** What Node prints of that error between two other arguments. */
const PRINTED =
  `Job failed: Boom: two\nlines of it\n${FRAMES.replace(/\n.*/, '')}\n` +
  '    ... 1 lines matching cause stack trace ...\n' +
  `    at async run (node:internal/modules/run_main:117:5) {\n  code: 'E_BOOM',\n` +
  `  [cause]: ${CAUSE.replace('    at', '      at')}\n} of job 17`;

function failed(body: string, fields: Line['fields'] = EXCEPTION): Line {
  return { atMs: Date.now(), severityNumber: 17, body, fields };
}

onPage('a stack is shown once, and what was printed around it is kept', async bench => {
  const { open, send, page } = bench;
  await send([failed(PRINTED)]);
  await open('?record=1');
  await page.waitForSelector('.detail section[aria-label="Resource"]');

  const message = await page.locator('.detail .text pre').innerText();
  const detail = await page.locator('.detail').innerText();

  assert.is(
    message,
    "Job failed: Boom: two\nlines of it {\n  code: 'E_BOOM',\n  [cause]: TypeError: deep\n} of job 17",
  );
  assert.is(detail.split(FRAME).length, 2);
  assert.is(detail.split('at read (/srv/app/disk.js:9:1)').length, 2);
});

onPage('the message is shown as it was printed when asked for', async bench => {
  const { open, send, page } = bench;
  await send([failed(PRINTED)]);
  await open('?record=1');

  await page.click('.detail .text .more:has-text("4 lines")');

  assert.is(await page.locator('.detail .text pre').innerText(), PRINTED);
  assert.is(await page.locator('.detail .text .more').count(), 0);
});

onPage('frames that the stack has not are left in the message', async bench => {
  const { open, send, page } = bench;
  const body = 'Slow:\n    at other (/srv/app/other.js:1:1)';
  await send([failed(body), failed(body, { 'exception.type': 'Boom' })]);
  for (const id of [1, 2]) {
    await open(`?record=${id}`);
    await page.waitForSelector('.detail section[aria-label="Resource"]');

    assert.is(await page.locator('.detail .text pre').innerText(), body);
    assert.is(await page.locator('.detail .text .more').count(), 0);
  }
});

/** How an exception begins: `Name: message` is said once, anything else is shown as it came. */
const HEADS: readonly (readonly [stack: string, thrown: string[], said: string[]])[] = [
  [`Boom: bad\n${FRAMES}`, ['Boom bad'], []],
  [`Boom [E_BAD]: bad\n${FRAMES}`, ['Boom bad'], ['Boom [E_BAD]: bad']],
  [`Traceback:\n  File "a.py", line 1\nBoom: bad`, ['Boom bad'], ['Traceback:', 'Boom: bad']],
];

for (const [stack, thrown, said] of HEADS) {
  onPage(`of ${JSON.stringify(stack.split('\n')[0])} nothing is doubled or lost`, async bench => {
    const { open, send, page } = bench;
    const fields = { 'exception.type': 'Boom', 'exception.message': 'bad' };
    await send([failed('x', { ...fields, 'exception.stacktrace': stack })]);
    await open('?record=1');
    await page.waitForSelector('.detail .stack');

    assert.equal(await page.locator('.detail .thrown').allInnerTexts(), thrown);
    assert.equal(await page.locator('.detail .stack .said').allTextContents(), said);
  });
}

test.run();
