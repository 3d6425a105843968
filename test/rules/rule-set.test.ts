import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/log-record.js';
import { createRegExp } from '../../src/rules/pattern/realm.js';
import type { Rule } from '../../src/rules/rule.js';
import { RuleSet } from '../../src/rules/rule-set.js';
import { callSite, consoleRecord, oneRule } from './rules-of.js';

const test = suite('rules/rule-set');

/** Doubles its work with each `a`: no such pattern gets past the reader. */
const SLOW: Rule = {
  label: 'rule 7',
  match: {
    methods: undefined,
    scopes: undefined,
    levels: undefined,
    attributes: [],
    message: { regExp: createRegExp('^(a+)+$'), literal: undefined, groups: [], isPlain: false },
    files: undefined,
  },
  actions: {
    rename: [],
    extract: [],
    add: [],
    severity: undefined,
    noise: undefined,
    share: 0,
  },
  meansFatal: false,
  isLast: true,
  isOff: false,
};

const NO_MATCH = { ...SLOW.match, message: undefined };
const HARD = `${'a'.repeat(26)}!`;

const SLOW_RULES: Record<string, { rule: Rule; described: Partial<LogRecord> }> = {
  'looks at a short message': { rule: SLOW, described: { body: HARD } },
  'looks at a long message': { rule: SLOW, described: { body: HARD.padEnd(200, '!') } },
  extracts: {
    rule: {
      ...SLOW,
      match: NO_MATCH,
      actions: {
        ...SLOW.actions,
        share: 1,
        extract: [{ pattern: SLOW.match.message, groups: [] }],
      },
    },
    described: { body: HARD },
  },
  'looks at the file': {
    rule: { ...SLOW, match: { ...NO_MATCH, files: [createRegExp('^(a+)+$')] } },
    described: { callSite: callSite(HARD) },
  },
};

for (const [what, { rule, described }] of Object.entries(SLOW_RULES)) {
  test(`a rule that is slow when it ${what} is switched off at once, and no other; it is said`, () => {
    const said: string[] = [];
    const slow = { ...rule };
    const other = { ...SLOW, label: 'other', match: NO_MATCH };
    const rules = new RuleSet({
      rules: [slow, other],
      readyMade: [],
      level: undefined,
      surroundings: {
        maxAttributes: 9,
        maxValueLength: 9,
        findCallSite: () => undefined,
        say: (_, message) => said.push(message),
      },
    });

    rules.apply(consoleRecord(described));

    assert.equal(said, [
      'OTEL_REGISTER_RULES: rule 7 took more than 50 ms to look at one record and is switched off.',
    ]);
    assert.equal([slow.isOff, other.isOff], [true, false]);
  });
}

test('whatever goes wrong, the record is kept, and the next one is looked at', () => {
  let fails = true;
  const rules = oneRule(`{ match: { file: '**' }, drop: true }`, {
    findCallSite() {
      if (fails) throw new RangeError('Maximum call stack size exceeded');
      return { file: '/a.js', line: 1, column: 1, functionName: undefined };
    },
  });

  assert.is(rules.apply(consoleRecord()), true);
  fails = false;
  assert.is(rules.apply(consoleRecord()), false);
});

test('a record logged while a rule is at work has rules of its own', () => {
  const bodies: unknown[] = [];
  const rules = oneRule(`{ match: { file: '**', message: outer }, add: { found: true } }`, {
    findCallSite() {
      const inner = consoleRecord({ body: 'inner' });
      rules.apply(inner);
      bodies.push(inner.body, inner.attributes);
      return { file: '/a.js', line: 1, column: 1, functionName: undefined };
    },
  });
  const outer = consoleRecord({ body: 'outer' });

  assert.is(rules.apply(outer), true);

  assert.equal(outer.attributes?.keys, ['found']);
  assert.equal(bodies, ['inner', undefined]);
});

test.run();
