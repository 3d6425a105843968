import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { likelyMeant, mistakesIn } from '../../src/viewer/page/filter-mistakes.js';
import type { Line } from './otlp-request.js';
import { pageTests } from './page-bench.js';

const test = suite('viewer/page-mistakes');
const onPage = pageTests(test);

const WRONG: readonly (readonly [filter: string, said: RegExp])[] = [
  ['severity:wran', /severity:wran names no level .* trace, debug, info, warn, error, fatal/],
  ['-severity:>=', /names no level/],
  ['severity:99', /No record can have severity:99/],
  ['severity:<trace', /No record can have/],
  ['severity:>fatal', /No record can have/],
  ['trace:xyz', /no beginning of an id/],
  ['span:"0 1"', /no beginning of an id/],
  ['status:>=abc', /compares with no number/],
  ['-duration:<1s', /compares with no number/],
  ['"job failed', /quote of "job failed is not closed/],
  ['user:"Ada', /not closed/],
  ['a OR b', /OR is searched as a word/],
];

for (const [filter, said] of WRONG) {
  test(`${filter} is explained`, () => {
    const mistakes = mistakesIn(`service:api ${filter}`);

    assert.is(mistakes.length, 1);
    assert.match(mistakes[0]!, said);
  });
}

test('what is right is not talked about', () => {
  const right =
    'severity:>=warn severity:17 severity:"error" -severity:<info trace:4bf9 span:"00F0" or and' +
    ' status:>=500 t:<-1.5 x:">=abc" "two words" -"a \\" b" level:error https://a.b/c a:b:c >5';

  assert.equal(mistakesIn(right), []);
  assert.equal(mistakesIn(''), []);
});

test('what other tools call it is named where nothing is found', () => {
  assert.match(likelyMeant('x level:error')[0]!, /severity:error/);
  assert.is(likelyMeant('trace_id:4b span_id:"00" message:x body:y').length, 3);
  assert.equal(likelyMeant('constructor:x severity:error'), []);
});

onPage('a mistake is explained below the filter until it is mended', async bench => {
  const { open, send, page, see, rows } = bench;
  const line: Line = { atMs: Date.now(), severityNumber: 13, body: 'A warning' };
  await send([line]);
  await open();
  await see('text=A warning');

  await page.fill('[aria-label="Filter"]', 'severity:>=wran');
  await see('.mistakes :text("names no level")');
  await page.fill('[aria-label="Filter"]', 'severity:>=warn');
  await page.locator('.mistakes p').waitFor({ state: 'detached' });
  await rows(1);

  await page.fill('[aria-label="Filter"]', 'level:warn');
  await see('.empty :text("severity:error")');
});

test.run();
