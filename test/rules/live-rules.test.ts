import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTROL_SLOTS, RULES_GENERATION } from '../../src/pipeline/protocol.js';
import { LiveRules } from '../../src/rules/live-rules.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { DEBUG, ERROR, INFO, TRACE, WARN } from '../../src/severity.js';
import { consoleRecord, oneRule, rulesOf } from './rules-of.js';

const test = suite('rules/live-rules');

function createControl(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4));
}

function liveRules(
  control: Int32Array,
  minimumSeverity: number,
  rules?: () => RuleSet | undefined,
) {
  return new LiveRules({
    control,
    minimumSeverity,
    readRules: rules ?? (() => undefined),
    follow() {},
  });
}

const LEVELS: readonly [configured: number, file: string, minimum: number, wanted: number][] = [
  [0, '{}', 0, 0],
  [INFO, '{}', INFO, INFO],
  [INFO, 'level: warn', WARN, WARN],
  [WARN, 'level: trace', TRACE, TRACE],
  [INFO, 'rules: [{ severity: error }]', INFO, 0],
  [INFO, 'rules: [{ match: { level: debug }, severity: error }]', INFO, DEBUG],
  [INFO, 'rules: [{ match: { level: [debug, trace] }, severity: info }]', INFO, TRACE],
  [INFO, 'rules: [{ match: { level: error }, severity: error }]', INFO, INFO],
  [WARN, 'rules: [{ severity: info }]', WARN, WARN],
];

for (const [configured, file, minimum, wanted] of LEVELS) {
  test(`level ${configured} and ${file}: from ${wanted} records are made, from ${minimum} sent`, () => {
    const live = liveRules(createControl(), configured, () => rulesOf(file));

    assert.is(live.leastWanted(), wanted);
    assert.is(live.minimumSeverity(), minimum);
  });
}

const TOGGLES: readonly [configured: number, levels: string[]][] = [
  [ERROR, ['debug', 'error', 'debug']],
  [DEBUG, ['debug', 'debug']],
  [TRACE, ['trace', 'trace']],
  [0, ['every level', 'every level']],
];

for (const [configured, levels] of TOGGLES) {
  test(`toggled, level ${configured} becomes ${levels.join(', then ')}`, () => {
    const live = liveRules(createControl(), configured);

    assert.equal(
      levels.map(() => live.toggleLevel()),
      levels,
    );
  });
}

test('what one thread toggles, others have', () => {
  const control = createControl();
  const other = liveRules(control, INFO);

  liveRules(control, INFO).toggleLevel();

  assert.is(other.leastWanted(), DEBUG);
});

test('a lowered level outlives a change of the file', () => {
  const control = createControl();
  let file = 'level: error';
  const live = liveRules(control, INFO, () => rulesOf(file));
  live.toggleLevel();

  file = 'level: warn';
  Atomics.add(control, RULES_GENERATION, 1);

  assert.is(live.leastWanted(), DEBUG);
  assert.is(live.toggleLevel(), 'warn');
});

test('rules are read at the start, and again when the generation has changed', () => {
  const control = createControl();
  let reads = 0;
  const live = liveRules(control, 0, () => {
    reads++;
    return reads === 1 ? undefined : oneRule('{ drop: true }');
  });

  assert.is(live.apply(consoleRecord()), true);
  assert.is(live.apply(consoleRecord()), true);
  Atomics.add(control, RULES_GENERATION, 1);
  assert.is(live.apply(consoleRecord()), false);
  assert.is(live.apply(consoleRecord()), false);
  assert.is(reads, 2);
});

test('the file is followed from the first question on, once', () => {
  let follows = 0;
  const live = new LiveRules({
    control: createControl(),
    minimumSeverity: 0,
    readRules: () => undefined,
    follow() {
      follows++;
    },
  });
  assert.is(follows, 0);

  live.leastWanted();
  live.apply(consoleRecord());

  assert.is(follows, 1);
});

test.run();
