import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';
import { traceIdOf, workOf } from './seed-jobs.js';

const test = suite('viewer/page-contrast');
const onPage = pageTests(test);

/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const LEAST = 4.5;

const LINES: Line[] = [1, 5, 9, 13, 17, 21].map(severityNumber => ({
  atMs: Date.now(),
  severityNumber,
  body: 'Marks \u202e and \u001b[0m',
  pool: 'heavy',
  fields: { text: 'a', number: 1, truth: true, nested: { empty: '' } },
}));

/** What is looked at, and the keys or clicks that lead to it. */
const STATES: readonly (readonly [what: string, search: string, act: (page: Page) => unknown])[] = [
  ['the list, each row chosen once', '', page => page.keyboard.press('j')],
  ['a record', '?record=5', page => page.waitForSelector('[aria-label=Resource]')],
  ['a trace', `?trace=${traceIdOf(3)}`, page => page.waitForSelector('.waterfall .span')],
  ['the call sites', '?view=call-sites', page => page.waitForSelector('.sites li')],
  ['chips and mistakes', '?filter=-zzz -status:>=abc', page => page.waitForSelector('.mistakes p')],
  ['a menu', '', page => page.click('.opener:has-text("Level")')],
  ['the help', '', page => page.keyboard.press('?')],
  ['a question', '', page => page.click('[aria-label="Delete all records"]')],
];

for (const colorScheme of ['dark', 'light'] as const) {
  onPage(
    `every text can be read on ${colorScheme} ground`,
    async ({ open, send, sendSpans, page }) => {
      const { lines, spans } = workOf(7, Date.now() - 20_000, 2000);
      await sendSpans(spans);
      await send([...LINES, ...lines]);
      const faint: string[] = [];
      let seen = 0;

      for (const [what, search, act] of STATES) {
        await open(search);
        await page.waitForSelector('.canvas .row, .sites li');
        await act(page);
        const texts = await page.evaluate(contrasts);
        seen += texts.length;
        faint.push(
          ...texts.filter(it => it.contrast < LEAST).map(it => `${what}: ${JSON.stringify(it)}`),
        );
      }

      assert.ok(seen > 300, String(seen));
      assert.equal([...new Set(faint)], []);
    },
    { colorScheme },
  );
}

// Runs in the page: each text that is in sight, with the contrast between it and what lies below.
function contrasts(): { text: string; of: string; contrast: number }[] {
  // biome-ignore lint/suspicious/noExplicitAny: there are no types of browsers among the tests.
  const { document, getComputedStyle, OffscreenCanvas } = globalThis as any;
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const paint = (colours: readonly string[]): number[] => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb: readonly number[]) => {
    const [r, g, b] = rgb.map(value => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const groundsOf = (element: typeof document.body): string[] => {
    const grounds: string[] = [];
    for (let at = element; at; at = at.parentElement) {
      grounds.unshift(getComputedStyle(at).backgroundColor);
    }
    return grounds;
  };
  const found: { text: string; of: string; contrast: number }[] = [];
  for (const element of document.querySelectorAll('body *')) {
    const nodes = [...element.childNodes].filter(
      (node: { nodeType: number }) => node.nodeType === 3,
    );
    const text = nodes
      .map((node: { data: string }) => node.data)
      .join('')
      .trim();
    if (text === '' || !element.checkVisibility() || element.matches(':disabled')) continue;
    const grounds = groundsOf(element);
    const below = luminance(paint(grounds));
    const above = luminance(paint([...grounds, getComputedStyle(element).color]));
    const contrast = (Math.max(above, below) + 0.05) / (Math.min(above, below) + 0.05);
    const of = `${element.parentElement.className} > ${element.className || element.tagName}`;
    found.push({ text: text.slice(0, 20), of, contrast: Math.round(contrast * 100) / 100 });
  }
  return found;
}

test.run();
