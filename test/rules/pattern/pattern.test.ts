import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PatternReader } from '../../../src/rules/pattern/pattern.js';

const test = suite('rules/pattern/pattern');

const WAYS = /may take for ever/;
const SLOW = /takes too long on some texts of 1024 characters/;

/** More than any of these may hold up the program; left alone, they would for minutes to centuries. */
const BOUND_MS = 5_000;

const DANGEROUS: readonly [pattern: string, problem: RegExp][] = [
  ['(a+)+$', WAYS],
  ['(a|a)*b', WAYS],
  ['(a|b|ab)*c', WAYS],
  ['(ab|abc|cd|d)*x', WAYS],
  ['(a*)*b', WAYS],
  ['(?:a|aa)+$', WAYS],
  ['(x+x+)+y', WAYS],
  ['(.*a){20}', WAYS],
  ['(\\w+\\s?)*$', WAYS],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', WAYS],
  ['/([а-я]+)*!/', WAYS],
  ['/(\\p{L}+)*!/u', WAYS],
  ['/([A-Z]|a)*z/i', WAYS],
  ['(?=(a+)+$)x', WAYS],
  ['(?<!(a+)+)x', WAYS],
  ['\\s*\\s*\\s*x', SLOW],
  ['(a?){30}b', SLOW],
  ['^(.*,){12}P', SLOW],
  ['.*.*.*=.*', SLOW],
  ['\\w+\\w+\\w+\\w+:', SLOW],
  ['([ab]*?|[ab]){2}b|.*?\\w{2}[ab]{2}(.+b+\\w?|[ab]*){1,3}$', SLOW],
  ['(a)\\1', /refers back to a group/],
  ['(?<n>a)\\k<n>', /refers back to a group/],
  [`a+${'abcdefghij'.repeat(50)}b+`, /is too long to be checked/],
];

for (const [pattern, problem] of DANGEROUS) {
  test(`${pattern.slice(0, 40)} is refused within a bound`, () => {
    const startedAtMs = performance.now();
    const read = new PatternReader().read(pattern);
    const tookMs = performance.now() - startedAtMs;

    assert.type(read, 'string');
    assert.match(read as string, problem);
    assert.ok(tookMs < BOUND_MS, `${tookMs} ms`);
  });
}

test('a file full of dangerous patterns is refused within a bound', () => {
  const reader = new PatternReader();
  const startedAtMs = performance.now();
  for (let i = 0; i < 100; i++) {
    assert.type(reader.read(`\\s*\\s*\\s*${i}`), 'string');
  }
  const tookMs = performance.now() - startedAtMs;

  assert.ok(tookMs < BOUND_MS, `${tookMs} ms`);
});

const HARMLESS: readonly [pattern: string, text: string, groups?: object][] = [
  ['^Job (?<job_id>\\S+) failed', 'Job w-1 failed', { job_id: 'w-1' }],
  ['/failed|error/i', 'An Error'],
  ['/^b/m', 'a\nb'],
  ['/a.b/s', 'a\nb'],
  ['/^\\p{Lu}/u', 'Äpfel'],
  ['/[\\w--\\d]/v', 'a'],
  ['a/b', 'a/b'],
  ['/a\\/b/', 'a/b'],
  ['^\\[(\\w+)\\] (?<rest>.*)$', '[api] up', { rest: 'up' }],
  ['(?<a>x)(y)(?<b>z)', 'xyz', { a: 'x', b: 'z' }],
  ['(?<id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})', '00000000-0000-4000-8000-000000000000'],
  ['^(\\S+) - - \\[(.*?)\\] "(\\S+) (\\S+) (\\S+)" (\\d{3}) (\\d+)$', 'h - - [t] "G / H" 200 5'],
  ['.*error.*timeout', 'an error by timeout'],
  ['user (.*) did (.*) on (.*) at (.*)', 'user a did b on c at d'],
  ['(?:\\d{1,3}\\.){3}\\d{1,3}', 'from 10.0.0.1'],
  ['^\\s+|\\s+$', 'x '],
  ['(?<=for customer )\\S+', 'for customer abc'],
  ['^GET /(health|ready|live)z?\\b', 'GET /livez'],
  ['\\$\\(x\\) [)(|]+', '$(x) |'],
  ['a{,5}', 'a{,5}'],
  ['abcdefghij'.repeat(50), 'abcdefghij'.repeat(50)],
  ['x{2,}y{3}', 'xxxyyy'],
];

for (const [pattern, text, groups = {}] of HARMLESS) {
  test(`${pattern.slice(0, 60)} is used, and matches ${JSON.stringify(text).slice(0, 60)}`, () => {
    const read = new PatternReader().read(pattern);
    if (typeof read === 'string') return assert.unreachable(read);

    const found = read.regExp.exec(text);
    assert.ok(found);
    const named = read.groups.map(({ name, index }) => [name, found[index]]);
    for (const [name, value] of Object.entries(groups)) {
      assert.is(Object.fromEntries(named)[name], value);
    }
    if (read.literal !== undefined) assert.ok(text.includes(read.literal.text));
  });
}

const LITERALS: readonly [pattern: string, text: string | undefined, isStart?: boolean][] = [
  ['^Job (\\S+) failed', 'Job ', true],
  ['took (\\d+)ms please', 'ms please'],
  ['a|b', undefined],
  ['^(a|b) completed', ' completed'],
  ['(?<x>Job) (done)', 'Job done'],
  ['^ab?c+d*e', 'a', true],
  ['colou?r', 'colo'],
  ['(?:xyz)?ab', 'ab'],
  ['(?:xyz)+', 'xyz'],
  ['(?:xyz){0,2}', undefined],
  ['/^Job 12: x/i', ' 12: '],
  ['/^a/m', 'a'],
  ['\\.\\/\\n\\d', './\n'],
  ['[abc]\\w.', undefined],
  ['(?!no)yes', 'yes'],
  ['a^b', 'ab'],
];

for (const [pattern, text, isStart = false] of LITERALS) {
  test(`${pattern} needs ${JSON.stringify(text)}${isStart ? ' at the start' : ''}`, () => {
    const read = new PatternReader().read(pattern);
    if (typeof read === 'string') return assert.unreachable(read);

    assert.is(read.literal?.text, text);
    assert.is(read.literal?.isStart ?? false, isStart);
  });
}

test.run();
