import { mayMatch, pathOf, type Subject } from './match.js';
import { isMatchedWithin } from './pattern/realm.js';
import type { Rule } from './rule.js';

/** Because a busy machine may stop any program at any place for long. */
const TRIES = 2;

/** The first rule that cannot look at this record within that time, each time it is tried. */
export function findSlowRule(
  rules: readonly Rule[],
  subject: Subject,
  timeoutMs: number,
): Rule | undefined {
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i]!;
    if (!rule.isOff && isSlow(rule, subject, timeoutMs)) return rule;
  }
  return undefined;
}

function isSlow({ match, actions }: Rule, subject: Subject, timeoutMs: number): boolean {
  const { message, record } = subject;
  const isSlowWith = (regExp: RegExp, text: string) => {
    for (let i = 0; i < TRIES; i++) if (isMatchedWithin(regExp, [text], timeoutMs)) return false;
    return true;
  };
  if (message !== undefined) {
    for (let i = -1; i < actions.extract.length; i++) {
      const pattern = i === -1 ? match.message : actions.extract[i]!.pattern;
      if (pattern === undefined || !mayMatch(pattern, message)) continue;
      if (isSlowWith(pattern.regExp, message)) return true;
    }
  }
  // Nobody has looked for the call site unless a rule has asked for it.
  if (match.files === undefined || record.callSite === undefined) return false;
  const path = pathOf(record.callSite.file);
  for (let i = 0; i < match.files.length; i++) if (isSlowWith(match.files[i]!, path)) return true;
  return false;
}
