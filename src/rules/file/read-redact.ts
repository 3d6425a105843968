import { MAX_BODY_LENGTH } from '../../convert/limits.js';
import type { RedactionOptions } from '../../redaction/redaction.js';
import type { PatternReader } from '../pattern/pattern.js';
import type { Path } from './document.js';
import { BadRule, mappingAt, shown, textsAt } from './faults.js';

const PATH: Path = ['redact'];
const KEYS = ['keys', 'patterns', 'allow'];

/** What a rules file says of secrets: `keys`, `patterns` and `allow`, each one text or a list. */
export function readRedact(value: unknown, patterns: PatternReader): RedactionOptions | undefined {
  if (value === undefined || value === null) return undefined;
  const given = mappingAt(value, PATH, KEYS);
  const texts = (key: string) =>
    given[key] === undefined ? [] : textsAt(given[key], [...PATH, key]);
  return {
    keys: texts('keys'),
    allowedKeys: texts('allow'),
    patterns: texts('patterns').map(text => readPattern(text, patterns)),
  };
}

// A secret may be anywhere in a text: the whole of it is looked through.
function readPattern(text: string, patterns: PatternReader): RegExp {
  const pattern = patterns.read(text, MAX_BODY_LENGTH);
  if (typeof pattern === 'string') {
    throw new BadRule([...PATH, 'patterns'], `${shown(text)} ${pattern}`);
  }
  return pattern.regExp;
}
