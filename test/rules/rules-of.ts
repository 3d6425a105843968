import * as assert from 'uvu/assert';
import type { CallSite } from '../../src/call-sites/call-site.js';
import type { LogRecord } from '../../src/log-record.js';
import { readDocument } from '../../src/rules/file/document.js';
import { type ReadRules, readRules } from '../../src/rules/file/read-rules.js';
import type { RuleSet, RuleSurroundings } from '../../src/rules/rule-set.js';
import { logRecord } from '../helpers/log-records.js';

const SURROUNDINGS: RuleSurroundings = {
  maxAttributes: 128,
  maxValueLength: 8192,
  findCallSite: () => undefined,
  say: (_, message) => assert.unreachable(message),
};

/** What is read of a file with that text, with the line of each fault. */
export function readText(
  text: string,
  surroundings: Partial<RuleSurroundings> = {},
): ReadRules & { readonly problems: readonly string[] } {
  const document = readDocument(text);
  if ('problem' in document) throw new Error(`line ${document.line}: ${document.problem}`);
  const read = readRules(document.value, { ...SURROUNDINGS, ...surroundings });
  const problems = read.faults.map(({ path, text }) => `${document.lineOf(path)}: ${text}`);
  return { ...read, problems };
}

/** The rules of a file that has no fault. */
export function rulesOf(text: string, surroundings?: Partial<RuleSurroundings>): RuleSet {
  const { rules, problems } = readText(text, surroundings);
  assert.equal(problems, []);
  return rules;
}

/** A file of one rule, given in YAML's short form. */
export function oneRule(rule: string, surroundings?: Partial<RuleSurroundings>): RuleSet {
  return rulesOf(`rules: [${rule}]`, surroundings);
}

/** A record of `console.log`, with what a test describes on top. */
export function consoleRecord(described: Partial<LogRecord> = {}): LogRecord {
  return logRecord({ scope: { name: 'console' }, method: 'log', ...described });
}

/** The attributes a message gets; undefined if the record is dropped. */
export function attributesOf(rules: RuleSet, described: Partial<LogRecord>): object | undefined {
  const record = consoleRecord(described);
  if (!rules.apply(record)) return undefined;
  const { keys = [], values = [] } = record.attributes ?? {};
  assert.is(new Set(keys).size, keys.length, 'OTLP forbids repeated keys');
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

export function callSite(file: string): CallSite {
  return { file, line: 1, column: 1, functionName: undefined };
}
