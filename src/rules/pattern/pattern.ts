import { monotonicMs } from '../../pipeline/clock.js';
import { isExponential } from './ambiguity.js';
import { createAutomaton } from './automaton.js';
import { translateGlob } from './glob.js';
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
  /** No text of `MAX_MATCHED_LENGTH` takes long, whatever is in it. */
  readonly isPlain: boolean;
}

/** No more of a text is matched: the work of `.*a.*b` grows with the third power of the length. */
export const MAX_MATCHED_LENGTH = 1024;

/** For all the hard texts of one pattern: a good one takes some milliseconds. */
const PROBES_MS = [100, 200, 200];
/** Share of a probe's time: a process that had less of it was kept from working by others. */
const MIN_WORK = 0.7;
const LATE = 'is not used: checking the patterns before it took all the time there is';
const SLASHED = /^\/(.*)\/([a-z]*)$/s;
/** A class in mode v may be made of strings. */
const STRINGS = /\\q\{|\\p\{(?:RGI_|Basic_Emoji|Emoji_Keycap)/;
const FLAGS = /^[imsuv]*$/;

const verdicts = new Map<string, Pattern | string>();
const MAX_KNOWN = 4000;

/** Reads the patterns of one set of rules. */
export class PatternReader {
  readonly #endsAtMs: number;
  #isLate = false;

  /** @param budgetMs For all of them: the program waits meanwhile. */
  constructor(budgetMs: number) {
    this.#endsAtMs = monotonicMs() + budgetMs;
  }

  /** Whether there was a pattern that could not be checked in time. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /**
   * @param text A regular expression, or one in slashes with its flags: `/failed/i`.
   * @param maxLength Of the texts it is to be matched with, in UTF-16 units.
   * @returns What is wrong with it, as a clause, in place of one that is of no use.
   */
  read(text: string, maxLength = MAX_MATCHED_LENGTH): Pattern | string {
    return this.#known(`${maxLength} ${text}`, () => create(text, maxLength));
  }

  /** As `read`, of a glob. */
  readGlob(glob: string): RegExp | string {
    const found = this.#known(`glob ${glob}`, () => {
      const translated = translateGlob(glob);
      if (translated === undefined) return 'is no glob';
      const { source, flags, isPlain } = translated;
      if (!isPlain) return create(`/${source}/${flags}`, MAX_MATCHED_LENGTH);
      return { regExp: createRegExp(source, flags), literal: undefined, groups: [], isPlain };
    });
    return typeof found === 'string' ? found : found.regExp;
  }

  // A file is read again for each change in it: most of its patterns are known then.
  #known(key: string, make: () => Pattern | string): Pattern | string {
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    if (monotonicMs() >= this.#endsAtMs) {
      this.#isLate = true;
      return LATE;
    }
    const found = make();
    if (verdicts.size >= MAX_KNOWN) verdicts.clear();
    verdicts.set(key, found);
    return found;
  }
}

function create(text: string, maxLength: number): Pattern | string {
  const [, source = text, flags = ''] = SLASHED.exec(text) ?? [];
  if (!FLAGS.test(flags)) return `has flags other than i, m, s, u and v: "${flags}"`;
  let regExp: RegExp;
  try {
    regExp = createRegExp(source, flags);
  } catch (error) {
    return `is no regular expression (${String(error).replace(/^SyntaxError: /, '')})`;
  }
  const { syntax, groups } = parsePattern(regExp);
  const danger = dangerOf(syntax, regExp, maxLength);
  if (danger !== undefined) return danger;
  return { regExp, literal: requiredLiteral(syntax, flags), groups, isPlain: isPlain(syntax) };
}

function dangerOf(syntax: Syntax, regExp: RegExp, maxLength: number): string | undefined {
  if (has(syntax, 'backReference')) {
    return 'refers back to a group, of which nobody can say how long it takes';
  }
  if (regExp.flags.includes('v') && STRINGS.test(regExp.source)) {
    return 'has a class of more than single characters, of which nobody can say how long it takes';
  }
  // The square of a longer text is too much.
  if (maxLength <= MAX_MATCHED_LENGTH && isPlain(syntax)) return undefined;
  for (const part of [syntax, ...looksIn(syntax)]) {
    const automaton = createAutomaton(part, regExp);
    if (automaton === undefined) return 'is too long to be checked';
    if (isExponential(automaton)) {
      return 'may take for ever: what it repeats can be matched in several ways';
    }
    if (!isQuick(regExp, hardTexts(automaton, maxLength))) {
      return `takes too long on some texts of ${maxLength} characters`;
    }
  }
  return undefined;
}

function isQuick(regExp: RegExp, texts: readonly string[]): boolean {
  for (const [probe, timeoutMs] of PROBES_MS.entries()) {
    const before = process.cpuUsage();
    if (isMatchedWithin(regExp, texts, timeoutMs)) return true;
    const { user, system } = process.cpuUsage(before);
    if (probe > 0 && user + system >= timeoutMs * 1000 * MIN_WORK) return false;
  }
  return false;
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
