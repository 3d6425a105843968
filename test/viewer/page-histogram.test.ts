import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type PageBench, pageTests } from './page-bench.js';

const test = suite('viewer/page-histogram');
const onPage = pageTests(test);

const START = Date.now() - 10_000;
const INFO = { atMs: START, severityNumber: 9, body: 'First' };
const ERROR = { atMs: START + 6000, severityNumber: 17, body: 'Last' };

onPage('the newest bar is drawn as well as the oldest', async bench => {
  await bench.send([INFO, ERROR]);
  await bench.open();

  await shows(bench, 'info-bar');
  await shows(bench, 'error-bar');
});

onPage('a single record has a bar', async bench => {
  await bench.send([ERROR]);
  await bench.open();

  await shows(bench, 'error-bar');
});

onPage('pointed at, a bar says what it counts, up to both of its edges', async bench => {
  await bench.send([INFO, ERROR]);
  await bench.open();
  await shows(bench, 'error-bar');
  const { left, right } = await plotOf(bench);

  for (const [x, said] of [
    [left + 1, /1 record\s+1 info$/],
    [left + 6, /1 record\s+1 info$/],
    [right - 6, /1 record\s+1 error$/],
    [right - 2, /1 record\s+1 error$/],
  ] as const) {
    await bench.page.mouse.move(x, 120);
    assert.match((await bench.page.textContent('.hovered')) ?? '', said, String(x));
  }
});

async function plotOf({ page }: PageBench): Promise<{ left: number; right: number }> {
  const box = (await page.locator('.bars .u-over').boundingBox())!;
  return { left: box.x, right: box.x + box.width };
}

async function shows({ page, forgive }: PageBench, colour: string): Promise<void> {
  forgive(/willReadFrequently/);
  await page.waitForFunction(hasBar, colour);
  forgive(/willReadFrequently/);
}

// Runs in the page.
function hasBar(name: string): boolean {
  // biome-ignore lint/suspicious/noExplicitAny: there are no types of browsers among the tests.
  const { document, getComputedStyle } = globalThis as any;
  const canvas = document.querySelector('.bars canvas');
  if (!canvas) return false;
  const colour = getComputedStyle(canvas).getPropertyValue(`--${name}`).trim();
  const own = canvas.getContext('2d');
  const other = document.createElement('canvas').getContext('2d');
  other.fillStyle = colour;
  other.fillRect(0, 0, 1, 1);
  const [r, g, b] = other.getImageData(0, 0, 1, 1).data;
  const { data } = own.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === r && data[at + 1] === g && data[at + 2] === b) return true;
  }
  return false;
}

test.run();
