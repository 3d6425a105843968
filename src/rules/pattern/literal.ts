import type { Syntax } from './syntax.js';

/** Text without which a pattern cannot match: finding it is half the price of matching. */
export interface Literal {
  readonly text: string;
  /** The text begins with it. */
  readonly isStart: boolean;
  readonly firstCode: number;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const CASED = /\p{L}/u;

/** The longest text that is in all that matches, if there is any. */
export function requiredLiteral(syntax: Syntax, flags: string): Literal | undefined {
  const runs = new Runs(flags.includes('m'), flags.includes('i'));
  runs.read(syntax);
  return runs.longest();
}

class Runs {
  readonly #found: Literal[] = [];
  readonly #isMultiline: boolean;
  readonly #isCaseless: boolean;
  #text = '';
  #isStart = false;
  #hasRead = false;

  constructor(isMultiline: boolean, isCaseless: boolean) {
    this.#isMultiline = isMultiline;
    this.#isCaseless = isCaseless;
  }

  read(syntax: Syntax): void {
    if (syntax.kind === 'sequence') {
      for (const item of syntax.items) this.read(item);
      return;
    }
    if (syntax.kind === 'start' && !this.#hasRead) this.#isStart = !this.#isMultiline;
    if (syntax.kind === 'start' || syntax.kind === 'nothing' || syntax.kind === 'look') return;

    const character = syntax.kind === 'character' ? literalCharacter(syntax.source) : undefined;
    this.#hasRead = true;
    if (character !== undefined && !(this.#isCaseless && CASED.test(character))) {
      this.#text += character;
      return;
    }
    this.#end();
    if (syntax.kind === 'repeat' && syntax.least > 0) {
      this.read(syntax.item);
      this.#end();
    }
  }

  // From the start it costs one comparison, however short.
  longest(): Literal | undefined {
    this.#end();
    const [first, ...rest] = this.#found;
    if (first === undefined || first.isStart) return first;
    return rest.reduce((best, next) => (next.text.length > best.text.length ? next : best), first);
  }

  #end(): void {
    const text = this.#text;
    if (text !== '') {
      this.#found.push({ text, isStart: this.#isStart, firstCode: text.charCodeAt(0) });
    }
    this.#text = '';
    this.#isStart = false;
  }
}

function literalCharacter(source: string): string | undefined {
  if (source === '.' || source[0] === '[') return undefined;
  if (source[0] !== '\\') return source;
  const escaped = source.slice(1);
  if (Object.hasOwn(ESCAPED, escaped)) return ESCAPED[escaped];
  return /^[^\w]$/.test(escaped) ? escaped : undefined;
}
