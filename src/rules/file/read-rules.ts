import { either } from '../../config/values.js';
import type { SeverityNumber } from '../../severity.js';
import { PatternReader } from '../pattern/pattern.js';
import { READY_MADE, type ReadyMade } from '../ready-made/ready-made.js';
import type { Rule } from '../rule.js';
import { RuleSet, type RuleSurroundings } from '../rule-set.js';
import { READY_MADE_NAMES } from '../source.js';
import type { Path } from './document.js';
import { BadRule, type Fault, isMapping, mappingAt, shown, textsAt } from './faults.js';
import { ACTIONS, DECIDING, readActions } from './read-actions.js';
import { levelAt, type ReadPattern, readMatch } from './read-match.js';
import { readRedact } from './read-redact.js';

// Entry of a bundle that is loaded where there are rules.

/** Each of them may be looked at for each record. */
const MAX_RULES = 1_000;
const TOP_LEVEL = ['$schema', 'level', 'use', 'redact', 'rules'];

export interface ReadRules {
  readonly rules: RuleSet;
  readonly faults: readonly Fault[];
}

/** @param value Of a rules file. What cannot be used of it is left out, and told. */
export function readRules(value: unknown, surroundings: RuleSurroundings): ReadRules {
  const faults: Fault[] = [];
  const part = <Result>(read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BadRule)) throw error;
      faults.push({ path: error.path, text: error.message });
      return undefined;
    }
  };
  const given = isMapping(value) ? value : {};
  part(() => mappingAt(given, [], TOP_LEVEL));
  const patterns = new PatternReader();
  const options = {
    level: part(() => readLevel(given.level)),
    readyMade: part(() => readUse(given.use)) ?? [],
    redact: part(() => readRedact(given.redact, patterns)),
    rules: readList(given.rules, patterns, part),
    surroundings,
  };
  return { rules: new RuleSet(options), faults };
}

function readLevel(value: unknown): SeverityNumber | undefined {
  return value === undefined ? undefined : levelAt(value, ['level']);
}

function readUse(value: unknown): readonly ReadyMade[] {
  if (value === undefined) return [];
  const names = textsAt(value, ['use']);
  const bad = names.find(name => !READY_MADE_NAMES.includes(name as never));
  if (bad !== undefined) {
    throw new BadRule(['use'], `${shown(bad)} is not ${either(READY_MADE_NAMES)}`);
  }
  return READY_MADE_NAMES.filter(name => names.includes(name)).map(name => READY_MADE[name]);
}

type Part = <Result>(read: () => Result) => Result | undefined;

function readList(value: unknown, patterns: PatternReader, part: Part): readonly Rule[] {
  if (value === undefined || value === null) return [];
  const rules: Rule[] = [];
  part(() => {
    if (!Array.isArray(value)) throw new BadRule(['rules'], 'rules is not a list');
    for (const [index, item] of value.slice(0, MAX_RULES).entries()) {
      const rule = part(() => readRule(item, index, patterns));
      if (rule !== undefined) rules.push(rule);
    }
    if (value.length > MAX_RULES) {
      throw new BadRule(
        ['rules', MAX_RULES],
        `these are more than ${MAX_RULES} rules; the rest is left out`,
      );
    }
  });
  return rules;
}

function readRule(value: unknown, index: number, patterns: PatternReader): Rule {
  const path: Path = ['rules', index];
  const given = mappingAt(value, path, ['name', 'match', ...ACTIONS]);
  const label = typeof given.name === 'string' ? shown(given.name) : `rule ${index + 1}`;
  if (!ACTIONS.some(action => given[action] !== undefined)) {
    throw new BadRule(path, `${label} does nothing: it has no ${either(ACTIONS)}`);
  }
  const readPattern: ReadPattern = (text, where) => {
    if (typeof text !== 'string')
      throw new BadRule(where, `${shown(text)} is not a regular expression`);
    const pattern = patterns.read(text);
    if (typeof pattern === 'string') throw new BadRule(where, `${shown(text)} ${pattern}`);
    return pattern;
  };
  const match = readMatch(given.match ?? {}, [...path, 'match'], readPattern);
  return {
    label,
    match,
    actions: readActions(given, { path, label, message: match.message, readPattern }),
    meansFatal: match.levels?.includes(levelAt('fatal', path)) === true,
    isLast: DECIDING.some(action => given[action] !== undefined),
    isOff: false,
  };
}
