import { createRequire } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { severityText } from '../../src/severity.js';
import { rankOf, severityOfLevel } from '../../src/winston/levels.js';
import { LEVEL_SETS } from './level-sets.js';

const test = suite('winston/levels');
const { config } = createRequire(import.meta.url)('winston');

test("the sets of the table are winston's own", () => {
  const [npm, syslog, cli] = Object.values(LEVEL_SETS);

  assert.equal([npm, syslog, cli], [config.npm.levels, config.syslog.levels, config.cli.levels]);
});

for (const [name, levels] of Object.entries(LEVEL_SETS)) {
  test(`${name}: each level has a severity, none above one that is more severe`, () => {
    const severities = Object.keys(levels).map(level => severityOfLevel(level, levels));

    assert.ok(severities.every(severity => severity >= 1 && severity <= 24));
    assert.equal(
      severities,
      severities.toSorted((a, b) => b - a),
    );
  });
}

const RANKED: readonly (readonly [levels: Record<string, number>, texts: string])[] = [
  [{ only: 0 }, 'INFO'],
  [{ one: 0, two: 1 }, 'ERROR INFO'],
  [{ one: 0, two: 1, three: 2 }, 'ERROR WARN INFO'],
  [{ one: 10, two: 20, three: 30, four: 40 }, 'ERROR WARN INFO DEBUG'],
  [{ a: 0, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6 }, 'ERROR ERROR WARN INFO INFO DEBUG TRACE'],
  [{ error: 0, audit: 1, info: 2 }, 'ERROR INFO INFO'],
  [{ chatter: 0, error: 1 }, 'ERROR ERROR'],
  [{ error: 0, less: 1, least: 2 }, 'ERROR WARN INFO'],
  [{ debug: 0, a: 1, b: 2 }, 'DEBUG TRACE TRACE'],
  [{ WARN: 0, Info: 1 }, 'WARN INFO'],
];

for (const [levels, texts] of RANKED) {
  test(`levels ${Object.keys(levels)} are ${texts}`, () => {
    const found = Object.keys(levels).map(level => severityText(severityOfLevel(level, levels)));

    assert.is(found.join(' '), texts);
  });
}

test('what is no level has no rank, and yet a severity', () => {
  const levels = { info: 0, broken: 'text' as unknown as number };

  assert.ok(Number.isNaN(rankOf(levels, 'broken')));
  assert.ok(Number.isNaN(rankOf(levels, 'toString')));
  assert.ok(Number.isNaN(rankOf(undefined, 'info')));
  assert.is(severityOfLevel('broken', levels), 9);
});

test.run();
