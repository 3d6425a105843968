import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_MATCHED_LENGTH, PatternReader } from '../../../src/rules/pattern/pattern.js';
import { BUDGET_MS } from '../rules-of.js';

const test = suite('rules/pattern/budget');

const LATE = /all the time there is/;
const BOUND_MS = 5_000;

test('without time left a pattern is not used, which is no verdict on it', () => {
  const reader = new PatternReader(0);

  assert.match(reader.read('^late (\\w+) x') as string, LATE);
  assert.match(reader.readGlob('late/*.js') as string, LATE);
  assert.ok(reader.isLate);

  const next = new PatternReader(BUDGET_MS);
  assert.type(next.read('^late (\\w+) x'), 'object');
  assert.type(next.readGlob('late/*.js'), 'object');
  assert.not(next.isLate);
});

test('what was checked before is known without time', () => {
  new PatternReader(BUDGET_MS).read('^known (\\w+) x');
  new PatternReader(BUDGET_MS).read('^known (a+)+ x');
  const reader = new PatternReader(0);

  assert.type(reader.read('^known (\\w+) x'), 'object');
  assert.match(reader.read('^known (a+)+ x') as string, /may take for ever/);
  assert.not(reader.isLate);
});

const MANY: Record<string, (n: number) => string> = {
  'dangerous patterns': n => `\\s*\\s*\\s*${n}`,
  'patterns that take some time': n => `^j${n}(?:[a-m]{1,12}[n-z]{1,12}-){2,11}[0-9]+:.*x`,
  'patterns of foreign letters': n => `/^${n}(\\p{Lu}\\p{Ll}+)+(\\p{Nd}|\\p{Sc})*[\\p{P}${n}]+!/u`,
};

for (const [what, patternOf] of Object.entries(MANY)) {
  test(`a file full of ${what} takes no longer than there is time`, () => {
    const reader = new PatternReader(200);
    const startedAtMs = performance.now();
    for (let n = 0; n < 2_000; n++) reader.read(patternOf(n));
    const tookMs = performance.now() - startedAtMs;

    assert.ok(reader.isLate);
    assert.ok(tookMs < BOUND_MS, `${tookMs} ms`);
  });
}

test('globs are not tried, so no busy machine makes them bad', () => {
  const reader = new PatternReader(BUDGET_MS);
  const startedAtMs = performance.now();
  for (let n = 0; n < 300; n++) assert.type(reader.readGlob(`src/${n}/**/*.{js,ts}`), 'object');
  const globsMs = performance.now() - startedAtMs;
  for (let n = 0; n < 300; n++) reader.read(`^src/${n}/.*/[^/]*\\.(js|ts)$`, MAX_MATCHED_LENGTH);
  const patternsMs = performance.now() - startedAtMs - globsMs;

  assert.ok(globsMs < patternsMs, `${globsMs} and ${patternsMs} ms`);
});

for (const glob of ['+(a|aa)b', '@(*a|*b)*c', `${'*a'.repeat(12)}`, `${'x*'.repeat(200)}y`]) {
  test(`${glob.slice(0, 20)} is judged like any pattern`, () => {
    const path = 'a'.repeat(100);
    const found = new PatternReader(BUDGET_MS).readGlob(glob);
    if (typeof found === 'string') return assert.match(found, /takes too long|may take|too long/);

    const startedAtMs = performance.now();
    assert.is(found.test(`${path}!`), false);
    assert.ok(performance.now() - startedAtMs < BOUND_MS);
  });
}

test.run();
