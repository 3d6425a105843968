import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDocument } from '../../src/rules/file/document.js';
import { consoleRecord, readText } from './rules-of.js';

const test = suite('rules/read-rules');

/** Line 3 of the file is bad in each. */
const BAD: readonly [rule: string, problem: RegExp][] = [
  ['{ mach: {}, drop: true }', /"mach" is not name, match, severity/],
  ['{ match: { method: log } }', /rule 2 does nothing: it has no severity/],
  ['{ match: { mesage: x }, drop: true }', /"mesage" is not method, scope/],
  ['{ match: [], drop: true }', /match is not a mapping/],
  ['just text', /rules is not a mapping/],
  ['null', /rules is not a mapping/],
  ['{ match: { method: logg }, drop: true }', /"logg" is not a method of console that prints/],
  ['{ match: { level: loud }, drop: true }', /level is not trace, .* or fatal: "loud"/],
  ['{ match: { level: 5 }, drop: true }', /level is not a text/],
  ['{ match: { scope: [] }, drop: true }', /scope is not a text or a list/],
  ['{ match: { message: "(" }, drop: true }', /"\(" is no regular expression/],
  ['{ match: { message: 5 }, drop: true }', /5 is not a regular expression/],
  ['{ match: { message: /a/g }, drop: true }', /has flags other than i, m, s, u and v: "g"/],
  ['{ match: { message: "(a+)+$" }, drop: true }', /may take for ever/],
  ['{ match: { message: "(a)\\\\1" }, drop: true }', /refers back to a group/],
  ['{ match: { attributes: x }, drop: true }', /attributes is not a mapping/],
  ['{ match: { attributes: { a: [] } }, drop: true }', /"a" is not compared with a text/],
  ['{ match: { file: 5 }, drop: true }', /file is not a text/],
  [`{ match: { file: "${'*a'.repeat(12)}" }, drop: true }`, /is no glob, or takes too long/],
  [`{ match: { file: ${'x'.repeat(70_000)} }, drop: true }`, /is no glob, or takes too long/],
  ['{ severity: loud }', /severity is not trace, .* or fatal: "loud"/],
  ['{ drop: false }', /drop is not true/],
  ['{ keep: 1 }', /keep is not true/],
  ['{ keep: true, drop: true }', /keep and drop contradict/],
  ['{ sample: 2 }', /sample is not a share from 0 to 1: 2/],
  ['{ sample: 10% }', /sample is not a share from 0 to 1: "10%"/],
  ['{ fold: 1 }', /fold is not true or false: 1/],
  ['{ rateLimit: 0 }', /rateLimit is not a number of records a second: 0/],
  ['{ rename: [a, b] }', /rename is not a mapping/],
  ['{ rename: { a: 1 } }', /"a" is not given a name/],
  ['{ rename: { a: log.iostream } }', /"log.iostream" is a name that is not for rules/],
  ['{ rename: { exception.type: a } }', /"exception.type" is a name that is not/],
  ['{ add: { thread.id: 5 } }', /"thread.id" is a name that is not for rules/],
  ['{ add: { a: { b: 1 } } }', /"a" is not a text, number or boolean/],
  ['{ extract: true }', /extract has no pattern, and match no message/],
  ['{ extract: "Job (\\\\d+)" }', /there is no named group/],
  ['{ extract: { pattern: "(?<a>x)", as: { b: number } } }', /"b" is not a\b/],
  ['{ extract: { pattern: "(?<a>x)", as: { a: date } } }', /"a" is not read as number or text/],
  ['{ extract: { patern: x } }', /"patern" is not pattern or as/],
];

for (const [rule, problem] of BAD) {
  test(`of ${rule.slice(0, 80)} the line and the mistake are told, and the other rules hold`, () => {
    const first = '{ match: { message: ^first }, drop: true }';
    const last = '{ match: { message: ^last }, drop: true }';

    const { rules, problems } = readText(`rules:\n  - ${first}\n  - ${rule}\n  - ${last}\n`);

    assert.is(problems.length, 1, problems.join());
    assert.match(problems[0]!, /^3: /);
    assert.match(problems[0]!, problem);
    const isKept = ['first', 'other', 'last'].map(body => rules.apply(consoleRecord({ body })));
    assert.equal(isKept, [false, true, false]);
  });
}

test('the line is that of the key to blame, in JSON as well', () => {
  const rule = { name: 'long', match: { level: 'info', message: 'x' }, sample: 7 };
  const text = JSON.stringify({ rules: [{ drop: true }, rule] }, null, '\t');

  const line = text.split('\n').findIndex(part => part.includes('sample')) + 1;
  assert.equal(readText(text).problems, [`${line}: sample is not a share from 0 to 1: 7`]);
});

for (const [text, problem] of [
  ['level: info\nrule: []', '2: "rule" is not $schema, level, use, redact or rules'],
  ['level: loud', '1: level is not trace, debug, info, warn, error or fatal: "loud"'],
  ['use: key-values', '1: "key-values" is not context-ids or key-value'],
  ['use: []', '1: use is not a text or a list of texts'],
  ['rules: { drop: true }', '1: rules is not a list'],
] as const) {
  test(`${JSON.stringify(text)} is told as ${problem}`, () => {
    assert.equal(readText(text).problems, [problem]);
  });
}

for (const text of [
  '',
  '# nothing yet',
  'rules:',
  '{}',
  '\uFEFFlevel: info',
  '%YAML 1.2\n---\n{}',
]) {
  test(`${JSON.stringify(text)} is a file without rules and without mistakes`, () => {
    const { rules, problems } = readText(text);

    assert.equal(problems, []);
    assert.is(rules.apply(consoleRecord()), true);
  });
}

for (const [text, line] of [
  ['rules:\n  - {', 2],
  ['level: info\nlevel: warn', 2],
  ['{"level": "info"', 1],
  ['a: &a [x]\nc: *z', 1],
  ['rul', 1],
  ['- drop: true', 1],
] as const) {
  test(`${JSON.stringify(text)} is no document, because of line ${line}`, () => {
    const document = readDocument(text);

    assert.ok('problem' in document && document.problem.length > 5);
    assert.is('line' in document && document.line, line);
  });
}

test('aliases that multiply are refused', () => {
  const lines = ['a0: &a0 [x]'];
  for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);

  assert.match((readDocument(lines.join('\n')) as { problem: string }).problem, /alias/i);
});

test('keys that objects inherit mean nothing', () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    assert.is(readText(`rules: [{ drop: true, ${key}: 1 }]`).problems.length, 1, key);
    assert.equal(
      readText(`rules: [{ match: { attributes: { ${key}: 1 } }, drop: true }]`).problems,
      [],
    );
  }
});

test('more than a thousand rules are not read', () => {
  const { problems } = readText(`rules:\n${'  - { keep: true }\n'.repeat(1001)}`);

  assert.equal(problems, ['1002: these are more than 1000 rules; the rest is left out']);
});

test.run();
