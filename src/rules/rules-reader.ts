import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Path } from './file/document.js';
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

/** Of one file: whoever has to mend more than that starts with these. */
const MAX_FAULTS = 10;

/** Reads the rules of one source, again when they may have changed. What is bad is said, once. */
export class RulesReader {
  readonly #options: RulesReaderOptions;
  readonly #require: NodeJS.Require;
  #rules: RuleSet | undefined;
  #text: string | undefined;

  constructor(options: RulesReaderOptions) {
    this.#options = options;
    this.#require = createRequire(join(options.packageFolder, 'rules.cjs'));
  }

  /** The last good ones where there are none at the moment. Does not throw. */
  read(): RuleSet | undefined {
    const { path, use } = this.#options.source;
    try {
      if (path !== undefined) this.#readFile(path);
      else this.#rules ??= this.#bundle().readRules({ use }, this.#options.surroundings).rules;
    } catch (error) {
      // For instance a call stack that is nearly used up.
      this.#say(`cannot be used (${String(error)})`);
    }
    return this.#rules;
  }

  #readFile(path: string): void {
    const read = readRulesText(path);
    if ('problem' in read) {
      this.#text = undefined;
      this.#sayUnused(read.problem);
    } else if (read.text !== this.#text) {
      this.#text = read.text;
      this.#readText(read.text);
    }
  }

  // The parser of YAML takes some 20 ms of the start: a file of JSON without mistakes goes without.
  #readText(text: string): void {
    const json = parseJson(text);
    if (json !== undefined && this.#use(json) === 0) return;
    const { readDocument } = this.#load<DocumentBundle>('rules-document.cjs');
    const document = readDocument(text);
    if ('problem' in document) {
      this.#sayUnused(`line ${document.line}: ${document.problem.replace(/\.$/, '')}`);
    } else {
      this.#use(document.value, path => document.lineOf(path));
    }
  }

  // Answers how many mistakes there are, and says them if it is known where.
  #use(value: unknown, lineOf?: (path: Path) => number): number {
    const { rules, faults } = this.#bundle().readRules(value, this.#options.surroundings);
    this.#rules = rules;
    if (lineOf === undefined) return faults.length;
    for (const { path, text } of faults.slice(0, MAX_FAULTS)) {
      const isRule = path[0] === 'rules' && path.length > 1;
      const used = isRule ? 'the rule is left out' : 'it is left out';
      this.#say(`line ${lineOf(path)}: ${text}; ${used}`);
    }
    if (faults.length > MAX_FAULTS) this.#say(`has ${faults.length - MAX_FAULTS} more mistakes`);
    return faults.length;
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

  #bundle(): RulesBundle {
    return this.#load<RulesBundle>('rules.cjs');
  }

  #load<Bundle>(file: string): Bundle {
    return this.#require(join(this.#options.packageFolder, file)) as Bundle;
  }
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
