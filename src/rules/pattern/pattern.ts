import { monotonicMs } from '../../pipeline/clock.js';
import { isExponential } from './ambiguity.js';
import { createAutomaton } from './automaton.js';
import { type Literal, requiredLiteral } from './literal.js';
import { isPlain } from './plain.js';
import { hardTexts } from './probes.js';
import { createRegExp, isMatchedWithin } from './realm.js';
import { type NamedGroup, parsePattern, partsOf, type Syntax } from './syntax.js';

/** A regular expression of a rule, known to be harmless. */
export interface Pattern {
  readonly regExp: RegExp;
  /** Text without which it does not match. */
  readonly literal: Literal | undefined;
  readonly groups: readonly NamedGroup[];
}

/** No more of a text is matched: the work of `.*a.*b` grows with the third power of the length. */
export const MAX_MATCHED_LENGTH = 1024;

/** For all the hard texts of one pattern: a good one takes less than one millisecond. */
const PROBE_MS = 100;
/** A machine may be busy. */
const SECOND_PROBE_MS = 200;
/** For all patterns of one file: the program waits meanwhile. */
const MAX_PROBING_MS = 1_000;
const SLASHED = /^\/(.*)\/([a-z]*)$/s;
const FLAGS = /^[imsuv]*$/;

const known = new Map<string, Pattern | string>();
const MAX_KNOWN = 1000;

/** Reads the patterns of one set of rules. */
export class PatternReader {
  #probingMs = 0;

  /**
   * @param text A regular expression, or one in slashes with its flags: `/failed/i`.
   * @param maxLength Of the texts it is to be matched with, in UTF-16 units.
   * @returns What is wrong with it, as a clause, in place of one that is of no use.
   */
  read(text: string, maxLength = MAX_MATCHED_LENGTH): Pattern | string {
    // A file is read again for each change in it: most of its patterns are known then.
    const key = `${maxLength} ${text}`;
    let found = known.get(key);
    if (found === undefined) {
      found = this.#create(text, maxLength);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, found);
    }
    return found;
  }

  #create(text: string, maxLength: number): Pattern | string {
    const [, source = text, flags = ''] = SLASHED.exec(text) ?? [];
    if (!FLAGS.test(flags)) return `has flags other than i, m, s, u and v: "${flags}"`;
    let regExp: RegExp;
    try {
      regExp = createRegExp(source, flags);
    } catch (error) {
      return `is no regular expression (${String(error).replace(/^SyntaxError: /, '')})`;
    }
    const { syntax, groups } = parsePattern(regExp);
    const danger = this.#dangerOf(syntax, regExp, maxLength);
    if (danger !== undefined) return danger;
    return { regExp, literal: requiredLiteral(syntax, flags), groups };
  }

  #dangerOf(syntax: Syntax, regExp: RegExp, maxLength: number): string | undefined {
    if (has(syntax, 'backReference')) {
      return 'refers back to a group, of which nobody can say how long it takes';
    }
    // The square of a longer text is too much.
    if (maxLength <= MAX_MATCHED_LENGTH && isPlain(syntax)) return undefined;
    for (const part of [syntax, ...looksIn(syntax)]) {
      const automaton = createAutomaton(part, regExp);
      if (automaton === undefined) return 'is too long to be checked';
      if (isExponential(automaton)) {
        return 'may take for ever: what it repeats can be matched in several ways';
      }
      if (!this.#isQuick(regExp, hardTexts(automaton, maxLength))) {
        return `takes too long on some texts of ${maxLength} characters`;
      }
    }
    return undefined;
  }

  #isQuick(regExp: RegExp, texts: readonly string[]): boolean {
    for (const timeoutMs of [PROBE_MS, SECOND_PROBE_MS]) {
      if (this.#probingMs > MAX_PROBING_MS) return false;
      const startedAtMs = monotonicMs();
      const isQuick = isMatchedWithin(regExp, texts, timeoutMs);
      this.#probingMs += monotonicMs() - startedAtMs;
      if (isQuick) return true;
    }
    return false;
  }
}

/** What it looks ahead for, or back, is matched on its own. */
function looksIn(syntax: Syntax): readonly Syntax[] {
  return partsOf(syntax).flatMap(part => [
    ...(part.kind === 'look' ? [part.item] : []),
    ...looksIn(part),
  ]);
}

function has(syntax: Syntax, kind: Syntax['kind']): boolean {
  return syntax.kind === kind || partsOf(syntax).some(part => has(part, kind));
}
