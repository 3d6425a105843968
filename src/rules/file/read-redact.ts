import { MAX_BODY_LENGTH } from '../../convert/limits.js';
import type { OwnPattern, RedactionOptions } from '../../redaction/redaction.js';
import type { PatternReader } from '../pattern/pattern.js';
import type { Path } from './document.js';
import { type Fault, isMapping, shown } from './faults.js';

const PATH: Path = ['redact'];
const KEYS = ['keys', 'patterns', 'allow'];

export interface RedactReading {
  readonly patterns: PatternReader;
  /** What was read before holds where there is nothing of use now. */
  readonly before: RedactionOptions | undefined;
  tell(fault: Fault): void;
}

/**
 * What a rules file says of secrets: `keys`, `patterns` and `allow`, each one text or a list. Each of
 * these by itself, since a mistake in one must not let out what the others keep.
 */
export function readRedact(value: unknown, reading: RedactReading): RedactionOptions | undefined {
  if (value === undefined || value === null) return undefined;
  const { before, tell } = reading;
  if (!isMapping(value)) {
    const isKept = before !== undefined;
    tell({ path: PATH, text: 'redact is not a mapping of names to values', isKept });
    return before;
  }
  for (const key of Object.keys(value)) {
    if (KEYS.includes(key)) continue;
    tell({ path: [...PATH, key], text: `${shown(key)} is not keys, patterns or allow` });
  }
  const keys = readTexts(value.keys, 'keys', reading);
  const sources = readTexts(value.patterns, 'patterns', reading);
  const allowed = readTexts(value.allow, 'allow', reading);
  return {
    keys: keys?.map(({ text }) => text) ?? before?.keys ?? [],
    patterns: sources?.flatMap(source => readPattern(source, reading)) ?? before?.patterns ?? [],
    // To leave fewer names alone leaks nothing.
    allowedKeys: allowed?.map(({ text }) => text) ?? [],
  };
}

interface ListedText {
  readonly text: string;
  readonly path: Path;
}

/** Undefined where there is neither a text nor a list. */
function readTexts(
  value: unknown,
  key: 'keys' | 'patterns' | 'allow',
  { before, tell }: RedactReading,
): readonly ListedText[] | undefined {
  const path = [...PATH, key];
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string' && !Array.isArray(value)) {
    const isKept = key !== 'allow' && before !== undefined;
    tell({ path, text: `${key} is not a text or a list of texts`, isKept });
    return undefined;
  }
  const isList = Array.isArray(value);
  const texts: ListedText[] = [];
  for (const [index, text] of (isList ? value : [value]).entries()) {
    const where = isList ? [...path, index] : path;
    if (typeof text === 'string' && text !== '') texts.push({ text, path: where });
    else tell({ path: where, text: `${shown(text)} in ${key} is not a text` });
  }
  return texts;
}

// A secret may be anywhere in a text: the whole of it is looked through.
function readPattern({ text, path }: ListedText, { patterns, tell }: RedactReading): OwnPattern[] {
  const pattern = patterns.read(text, MAX_BODY_LENGTH);
  if (typeof pattern !== 'string') {
    const { source, flags } = pattern.regExp;
    return [{ source, flags }];
  }
  tell({ path, text: `${shown(text)} ${pattern}` });
  return [];
}
