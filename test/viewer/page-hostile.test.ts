import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from './otlp-request.js';
import { pageTests, styleOf } from './page-bench.js';

const test = suite('viewer/page-hostile');
const onPage = pageTests(test);

const LONG = 'x'.repeat(1024 * 1024);
const OVERRIDE = '\u202e';

function line(body: string, fields = {}): Line {
  return { atMs: Date.now(), severityNumber: 9, body, fields };
}

/** What is sent, and how it is seen. */
const TEXTS: readonly (readonly [what: string, sent: string, seen: string])[] = [
  [
    'markup',
    '<script>hacked=1</script><img src=x onerror=hacked=1>',
    '<script>hacked=1</script><img src=x onerror=hacked=1>',
  ],
  ['an override of direction', `${OVERRIDE}gnp.exe`, 'U+202Egnp.exe'],
  ['an isolate', 'a\u2066b', 'aU+2066b'],
  ['an ANSI sequence', '\u001b[31mred\u001b[0m\u0007', '␛[31mred␛[0m␇'],
  ['line breaks', 'a\nb\r\nc', 'a↵b␍↵c'],
  ["Unicode's own line breaks", 'a\u2028b\u2029c', 'aU+2028bU+2029c'],
  ['what takes no room', 'a\u200bb\ufeffc\u0000', 'aU+200BbU+FEFFc␀'],
  ['controls of the second kind', 'a\u0085b\u009bc', 'aU+0085bU+009Bc'],
  ['Hebrew', 'שלום', 'שלום'],
  ['an emoji of several', '👩‍👩‍👧', '👩‍👩‍👧'],
  ['an empty text', '', ''],
];

for (const [what, sent, seen] of TEXTS) {
  onPage(`${what} is seen, and does nothing`, async ({ open, send, rows, page, messages }) => {
    await send([line('Before'), line(sent, { note: sent }), line('After')]);
    await open();
    await rows(3);

    await page.locator('.canvas .row').nth(1).click();
    await page.waitForSelector('.detail section[aria-label="Resource"]');

    assert.equal(await messages(), ['Before', seen, 'After']);
    assert.is(await page.locator('main script, main img').count(), 0);
    assert.is(await page.evaluate(() => Reflect.get(globalThis, 'hacked')), undefined);
  });
}

onPage('no text reaches into the rows beside it', async ({ open, send, rows, page }) => {
  const zalgo = `Z${'\u0341\u0351\u0352'.repeat(60)}`;
  await send([line('Before'), line(zalgo + OVERRIDE), line(LONG), line('After')]);
  await open();
  await rows(4);

  const boxes = await page.locator('.canvas .row').all();
  const tops = await Promise.all(boxes.map(async row => (await row.boundingBox())!));
  const contain = await styleOf(boxes[1]!, 'contain');
  const bidi = await styleOf(page.locator('.canvas .row bdi').first(), 'unicodeBidi');

  assert.equal(
    tops.map(({ height }) => height),
    [22, 22, 22, 22],
  );
  assert.equal(
    tops.map(({ y }) => y - tops[0]!.y),
    [0, 22, 44, 66],
  );
  assert.is(contain, 'strict');
  assert.is(bidi, 'isolate');
});

onPage(
  'a body of a megabyte is shown whole when it is asked for',
  async ({ open, send, rows, page }) => {
    await send([line(LONG)]);
    await open();
    await rows(1);
    assert.ok((await page.locator('.canvas .message').innerText()).length < 1000);

    await page.click('.canvas .row');
    await page.click('.detail .text .more');
    await page.waitForSelector('.detail .text .more', { state: 'detached' });

    assert.is((await page.locator('.detail pre').innerText()).length, LONG.length);
  },
);

onPage('keys of any name are fields like others', async ({ open, send, rows, page }) => {
  const fields = {
    ['__proto__']: 'own',
    constructor: 'c',
    '<b>k</b>': 'v',
    [`${OVERRIDE}k`]: 'w',
    toString: 't',
  };
  const entries = Object.entries(fields);
  await send([line('Keys', fields)]);
  await open();
  await rows(1);

  await page.click('.canvas .row');
  await page.waitForSelector('.detail section[aria-label="Resource"]');
  const shown = await page.locator('[aria-label="Fields"] dt').allInnerTexts();

  assert.is(entries.length, 5);
  assert.equal(
    shown.sort(),
    ['__proto__', 'constructor', '<b>k</b>', 'U+202Ek', 'toString'].sort(),
  );
});

onPage('a service without a name is drawn as none', async ({ open, send, rows, page }) => {
  await send([{ ...line('Nameless'), service: '' }]);
  await open();
  await rows(1);

  assert.is(await page.locator('.canvas .row .service').innerText(), '–');
});

for (const width of [1000, 390]) {
  onPage(
    `a name without end leaves menus and chips in a window of ${width} pixels`,
    async ({ open, send, rows, page, see }) => {
      const service = 'x'.repeat(200);
      await send([line('Other'), { ...line('Named'), service }]);
      await open(`?filter=service:${service}`);
      await rows(1);
      await page.click('.opener:has-text("Service")');
      await see('[role=menuitemradio]:has-text("api")');

      const controls = page.locator('[role=menu], [role=menuitemradio], .chip');
      const boxes = await Promise.all((await controls.all()).map(it => it.boundingBox()));

      assert.is(boxes.length, 6);
      for (const box of boxes) assert.ok(box!.x >= 0 && box!.x + box!.width <= width);
    },
    { width },
  );
}

onPage('nesting without end is shown to some depth', async ({ open, send, rows, page }) => {
  let nested: unknown = 'end';
  for (let depth = 0; depth < 30; depth++) nested = { a: nested };
  await send([line('Deep', { nested })]);
  await open();
  await rows(1);

  await page.click('.canvas .row');
  await page.waitForSelector('.detail section[aria-label="Resource"]');

  const depth = await page.locator('[aria-label="Fields"] .nested').count();
  assert.ok(depth > 5 && depth < 20, String(depth));
});

test.run();
