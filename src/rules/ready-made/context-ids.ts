import { indexOfText } from '../../convert/intrinsics.js';
import type { Limits } from '../../convert/limits.js';
import { addAttribute } from '../act.js';
import type { Subject } from '../match.js';
import { createRegExp, exec } from '../pattern/realm.js';

/** In one message. */
const MAX_IDS = 16;

// `job_id=x`, `jobId: x`, `job #12`, `Job workflow-123`, `[job:x]`.
const ID = createRegExp(
  `(?<![\\w-])(request|job|step|task|session|customer)([ _-]?id)?(\\s{0,2}[:=#]\\s{0,2}|\\s)["'#]?(\\w(?:[\\w.:-]{0,127}\\w)?)(?![\\w/]| (?:of|times|more)\\b)`,
  'gi',
);
const SERVICE = createRegExp(
  `\\b(?:service_?required["']?\\s{0,2}[:=]\\s{0,2}["']?([\\w./-]{1,128})|using ([\\w./-]{1,128}) service\\b)`,
  'i',
);
const DIGIT = createRegExp('\\d');
/** The ids that logs are looked up by, and the service a job needs, as they are named in prose. */
export function extractContextIds(subject: Subject, limits: Limits): void {
  const { message } = subject;
  if (message === undefined) return;
  extractIds(subject, message, limits);
  if (indexOfText(message, 'ervice') === -1) return;
  const service = exec(SERVICE, message);
  if (service === null) return;
  addAttribute(subject.record, 'service_required', service[1] ?? service[2]!, limits);
}

function extractIds(subject: Subject, message: string, limits: Limits): void {
  ID.lastIndex = 0;
  for (let ids = 0; ids < MAX_IDS; ids++) {
    const found = exec(ID, message);
    if (found === null) return;
    const word = found[1]!;
    const value = found[4]!;
    if (isId(value, found[2], found[3]!)) addAttribute(subject.record, keyOf(word), value, limits);
    // "task job 15": what is no id may begin one.
    else ID.lastIndex = found.index + word.length;
  }
}

// "Job failed" has no id, "job_id=failed" has.
function isId(value: string, idWord: string | undefined, separator: string): boolean {
  if (idWord !== undefined) return true;
  const isAssigned = indexOfText(separator, '=') !== -1 || indexOfText(separator, '#') !== -1;
  return isAssigned || exec(DIGIT, value) !== null;
}

function keyOf(word: string): string {
  switch (word[0]) {
    case 'r':
    case 'R':
      return 'request_id';
    case 'j':
    case 'J':
      return 'job_id';
    case 't':
    case 'T':
      return 'task_id';
    case 'c':
    case 'C':
      return 'customer_id';
    default:
      return word.length === 'step'.length ? 'step_id' : 'session_id';
  }
}
