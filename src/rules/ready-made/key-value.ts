import { charCodeAt, indexOfText } from '../../convert/intrinsics.js';
import type { Limits } from '../../convert/limits.js';
import { addAttribute } from '../act.js';
import type { Subject } from '../match.js';
import { createRegExp, exec } from '../pattern/realm.js';

/** In one message: whoever prints a whole table of them means it as text. */
const MAX_PAIRS = 32;

const VALUE = `(?:"([^"]{0,512})"|'([^']{0,512})'|(?!=)([^\\s,;|()[\\]{}"']{0,511}[^\\s,;|()[\\]{}"'.:!?]))`;
const BEFORE = '(?<![^\\s,;|([{])';
const EQUALS = createRegExp(`${BEFORE}([A-Za-z_][\\w.-]{0,63})=${VALUE}`, 'g');
// One word, and nothing after it that would make it the beginning of a sentence.
const COLON = createRegExp(
  `${BEFORE}([a-z_][\\w.-]{0,63}): ${VALUE}(?=[.!?]?\\s*$| ?[,;|)\\]}]| [a-z_][\\w.-]{0,63}(?:=|: ))`,
  'g',
);
/** `job_id`, `jobId`, `job.id`: a word nobody writes in a sentence. */
const IDENTIFIER = createRegExp('[_.\\d]|[a-z][A-Z]');

const SPACE = 0x20;
const SEPARATORS = ',;|([{)]}:';

/** `key=value`, and `key: value` where it is no part of a sentence. Values stay text. */
export function extractKeyValues(subject: Subject, limits: Limits): void {
  const { message } = subject;
  if (message === undefined) return;
  if (indexOfText(message, '=') !== -1) extractPairs(EQUALS, subject, message, limits);
  if (indexOfText(message, ': ') !== -1) extractPairs(COLON, subject, message, limits);
}

function extractPairs(pattern: RegExp, subject: Subject, message: string, limits: Limits): void {
  pattern.lastIndex = 0;
  for (let pairs = 0; pairs < MAX_PAIRS; pairs++) {
    const found = exec(pattern, message);
    if (found === null) return;
    const key = found[1]!;
    if (pattern === COLON && !isKey(key, message, found.index)) continue;
    addAttribute(subject.record, key, found[2] ?? found[3] ?? found[4] ?? '', limits);
  }
}

// "Job failed: timeout" is a sentence, "status: ok" at its start or after a comma is a pair.
function isKey(key: string, message: string, at: number): boolean {
  if (exec(IDENTIFIER, key) !== null) return true;
  let before = at - 1;
  while (before >= 0 && charCodeAt(message, before) === SPACE) before--;
  return before < 0 || indexOfText(SEPARATORS, message[before]!) !== -1;
}
