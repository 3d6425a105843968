import { join } from 'node:path';
import { loadBundle } from '../load-bundle.js';
import { monotonicMs } from '../pipeline/clock.js';
import type { BrokenDocument, Path, RulesDocument } from './file/document.js';
import type { Fault } from './file/faults.js';
import type { ReadRules } from './file/read-rules.js';
import type { RuleSet, RuleSurroundings } from './rule-set.js';
import { readRulesText } from './rules-text.js';
import type { RulesSource } from './source.js';

type RulesBundle = typeof import('./file/read-rules.js');
type DocumentBundle = typeof import('./file/document.js');

export interface RulesReaderOptions {
  readonly source: RulesSource;
  /** Absolute, holds the built files. */
  readonly packageFolder: string;
  readonly surroundings: RuleSurroundings;
  /** Told of what is bad in the source. */
  say(code: string, message: string): void;
}

/** For reading a file, while the program waits: at the start, or all in all. */
const READING_MS = 1_000;
/** For one go at a file that has changed: that is in the middle of a log call. */
const GO_MS = 100;
/** At least for parsing: a file of a thousand rules may take that long. */
const PARSING_MS = 250;
/** Of one file: whoever has to mend more than that starts with these. */
const MAX_FAULTS = 10;

/** Reads the rules of one source, again when they may have changed. What is bad is said, once. */
export class RulesReader {
  readonly #options: RulesReaderOptions;
  #rules: RuleSet | undefined;
  #text: string | undefined;
  #hasStarted = false;
  /** What is left to be read of the text. */
  #unread: Unread | undefined;

  constructor(options: RulesReaderOptions) {
    this.#options = options;
  }

  /** Whether `read` has to be called again, after a while, because it would have taken too long. */
  get isUnfinished(): boolean {
    return this.#unread !== undefined;
  }

  /** The last good ones where there are none at the moment. Does not throw. */
  read(): RuleSet | undefined {
    const { path, use } = this.#options.source;
    try {
      if (path !== undefined) this.#readFile(path);
      else this.#rules ??= this.#judge({ use }, READING_MS).rules;
    } catch (error) {
      // For instance a call stack that is nearly used up.
      this.#unread = undefined;
      this.#say(`cannot be used (${String(error)})`);
    }
    this.#hasStarted = true;
    return this.#rules;
  }

  #readFile(path: string): void {
    const read = readRulesText(path);
    if ('problem' in read) {
      this.#text = undefined;
      this.#unread = undefined;
      this.#sayUnused(read.problem);
      return;
    }
    if (read.text !== this.#text) {
      this.#text = read.text;
      this.#unread = { leftMs: READING_MS };
    }
    if (this.#unread !== undefined) this.#goOn(read.text, this.#unread);
  }

  #goOn(text: string, unread: Unread): void {
    const budgetMs = this.#hasStarted ? Math.min(GO_MS, unread.leftMs) : READING_MS;
    const startedAtMs = monotonicMs();
    const isDone = this.#readText(text, unread, startedAtMs + budgetMs);
    unread.leftMs -= monotonicMs() - startedAtMs;
    if (isDone) this.#unread = undefined;
  }

  // The parser of YAML takes some 20 ms of the start: a file of JSON without mistakes goes without.
  // Answers whether nothing is left to be done.
  #readText(text: string, unread: Unread, endsAtMs: number): boolean {
    const isLast = !this.#hasStarted || unread.leftMs <= GO_MS;
    if (unread.document === undefined) {
      const json = parseJson(text);
      const read = json && this.#judge(json, endsAtMs - monotonicMs());
      if (read?.faults.length === 0) {
        this.#rules = read.rules;
        return true;
      }
      if (read?.isLate && !isLast) return false;
      const document = this.#parse(text, Math.max(PARSING_MS, endsAtMs - monotonicMs()));
      if (document === 'late' && !isLast) return false;
      if (document === 'late' && read) {
        this.#rules = read.rules;
        this.#sayFaults(read.faults);
        return true;
      }
      if (document === 'late' || 'problem' in document) {
        this.#sayUnused(problemOf(document));
        return true;
      }
      unread.document = document;
    }
    const { value, lineOf } = unread.document;
    const read = this.#judge(value, endsAtMs - monotonicMs());
    if (read.isLate && !isLast) return false;
    this.#rules = read.rules;
    this.#sayFaults(read.faults, lineOf);
    return true;
  }

  #parse(text: string, timeoutMs: number): ReturnType<DocumentBundle['readDocument']> {
    const { readDocument } = this.#load<DocumentBundle>('rules-document.cjs');
    return readDocument(text, timeoutMs);
  }

  #judge(value: unknown, budgetMs: number): ReadRules {
    const { readRules } = this.#load<RulesBundle>('rules.cjs');
    const reading = { before: this.#rules, budgetMs };
    return readRules(value, this.#options.surroundings, reading);
  }

  #sayFaults(faults: readonly Fault[], lineOf?: (path: Path) => number): void {
    for (const fault of faults.slice(0, MAX_FAULTS)) {
      const where = lineOf === undefined ? '' : `line ${lineOf(fault.path)}: `;
      this.#say(`${where}${fault.text}; ${consequenceOf(fault)}`);
    }
    if (faults.length > MAX_FAULTS) this.#say(`has ${faults.length - MAX_FAULTS} more mistakes`);
  }

  #sayUnused(problem: string): void {
    const used = this.#rules === undefined ? 'no rules are used' : 'the rules read before hold';
    this.#say(`${problem}; ${used}`);
  }

  // Again for another content, even where that has the same mistake.
  #say(problem: string): void {
    const { source } = this.#options;
    const name = `OTEL_REGISTER_RULES=${JSON.stringify(source.path ?? source.use.join())}`;
    this.#options.say(`rules ${this.#text?.length ?? ''} ${problem}`, `${name} ${problem}.`);
  }

  #load<Bundle>(file: string): Bundle {
    return loadBundle<Bundle>(join(this.#options.packageFolder, file));
  }
}

function consequenceOf({ path, isKept, leftOut }: Fault): string {
  if (isKept) return 'what was read before holds';
  const isRule = path[0] === 'rules' && path.length > 1;
  return leftOut ?? (isRule ? 'the rule is left out' : 'it is left out');
}

interface Unread {
  leftMs: number;
  document?: RulesDocument;
}

function problemOf(document: BrokenDocument | 'late'): string {
  if (document === 'late') return 'takes too long to be read';
  return `line ${document.line}: ${document.problem.replace(/\.$/, '')}`;
}

function parseJson(text: string): object | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // YAML may begin like that, too; its parser tells what is wrong.
    return undefined;
  }
}
