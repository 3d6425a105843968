import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PatternReader } from '../../../src/rules/pattern/pattern.js';
import { BUDGET_MS } from '../rules-of.js';

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
  ['/^([\\u0400-\\u04ff]+ ?)+failed/', WAYS],
  ['([\\u0400-\\u04ff]+)+-\\d+', WAYS],
  ['/^(\\p{Script=Cyrillic}+ ?)+!/u', WAYS],
  ['/^([\\u{1f600}-\\u{1f64f}]+)+!/u', WAYS],
  ['/^([\\u{25000}-\\u{25fff}]+)+!/u', WAYS],
  ['/^([a\\u0400-\\u0450]|[b\\u0440-\\u04ff])*!/', WAYS],
  ['^(?:[a-z]{1,10} ?){1,10}:', WAYS],
  ['^(?:a?a?a?){12}$', WAYS],
  ['^(?:[\\w.]{1,12}\\.?){1,12}@', WAYS],
  ['^(?:\\w{1,12}[ -]?){1,8}: done', WAYS],
  ['(?:a|a){40}b', WAYS],
  ['(?:(?:(?:a?){4}){4}){4}b', SLOW],
  [`${'a?'.repeat(40)}b`, SLOW],
  [`${'(?:a|a)'.repeat(40)}b`, SLOW],
  [`${'(?:a|ab|b)'.repeat(40)}c`, SLOW],
  ['/^[\\q{a|ab}]x/v', /more than single characters/],
  ['(?=(a+)+$)x', WAYS],
  ['(?<!(a+)+)x', WAYS],
  ['\\s*\\s*\\s*x', SLOW],
  ['(a?){30}b', SLOW],
  ['^(.*,){12}P', WAYS],
  ['^.*,.*,.*,.*,.*,P', SLOW],
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
    const read = new PatternReader(BUDGET_MS).read(pattern);
    const tookMs = performance.now() - startedAtMs;

    assert.type(read, 'string');
    assert.match(read as string, problem);
    assert.ok(tookMs < BOUND_MS, `${tookMs} ms`);
  });
}

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
  ['^(?:[0-9a-f]{2}){6}$', '00112233aabb'],
  ['(?:[0-9a-f]{32} ?)+', '0123456789abcdef0123456789abcdef'],
  ['^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$', '00:11:22:33:aa:bb'],
  ['^(?:[a-z]{1,10} ){1,10}:', 'a b :'],
  ['^(?:\\w{1,4}-?){1,4}:', 'a-b:'],
  ['/^([\\u0400-\\u04ff]+ )+failed/', 'жж failed'],
  ['/^([\\u0400-\\u043f]|[\\u0440-\\u04ff])*!/', 'жр!'],
  ['/^(\\p{Lu}\\p{Ll}+)+!/u', 'ЖжZz!'],
  ['(?<=for customer )\\S+', 'for customer abc'],
  ['^GET /(health|ready|live)z?\\b', 'GET /livez'],
  ['\\$\\(x\\) [)(|]+', '$(x) |'],
  ['a{,5}', 'a{,5}'],
  ['abcdefghij'.repeat(50), 'abcdefghij'.repeat(50)],
  ['x{2,}y{3}', 'xxxyyy'],
];

for (const [pattern, text, groups = {}] of HARMLESS) {
  test(`${pattern.slice(0, 60)} is used, and matches ${JSON.stringify(text).slice(0, 60)}`, () => {
    const read = new PatternReader(BUDGET_MS).read(pattern);
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
    const read = new PatternReader(BUDGET_MS).read(pattern);
    if (typeof read === 'string') return assert.unreachable(read);

    assert.is(read.literal?.text, text);
    assert.is(read.literal?.isStart ?? false, isStart);
  });
}

test.run();
