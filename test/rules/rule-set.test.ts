import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRegExp } from '../../src/rules/pattern/realm.js';
import type { Rule } from '../../src/rules/rule.js';
import { RuleSet } from '../../src/rules/rule-set.js';
import { consoleRecord, oneRule } from './rules-of.js';

const test = suite('rules/rule-set');

/** Doubles its work with each `a`: no such pattern gets past the reader. */
const SLOW: Rule = {
  label: 'rule 7',
  match: {
    methods: undefined,
    scopes: undefined,
    levels: undefined,
    attributes: [],
    message: { regExp: createRegExp('^(a+)+$'), literal: undefined, groups: [] },
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

test('a rule that is slow twice is switched off, which is said', () => {
  const said: string[] = [];
  const rules = new RuleSet({
    rules: [{ ...SLOW }],
    readyMade: [],
    level: undefined,
    surroundings: {
      maxAttributes: 9,
      maxValueLength: 9,
      findCallSite: () => undefined,
      say: (_, message) => said.push(message),
    },
  });
  const body = `${'a'.repeat(27)}${'!'.repeat(200)}`;
  const fine = 'a'.repeat(200);

  assert.is(rules.apply(consoleRecord({ body: fine })), false);
  assert.is(rules.apply(consoleRecord({ body })), true);
  assert.equal(said, [
    'OTEL_REGISTER_RULES: rule 7 took more than 50 ms to look at one record and is switched off.',
  ]);
  assert.is(rules.apply(consoleRecord({ body: fine })), true);
});

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
