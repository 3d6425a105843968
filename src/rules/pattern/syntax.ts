/** A regular expression as far as finding literals and ambiguities needs it. */
export type Syntax =
  /** One character out of those that `source` stands for. */
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'sequence' | 'alternatives'; readonly items: readonly Syntax[] }
  | {
      readonly kind: 'repeat';
      readonly item: Syntax;
      readonly least: number;
      readonly most: number;
    }
  /** Looks at what is around, and takes nothing. */
  | { readonly kind: 'look'; readonly item: Syntax }
  | { readonly kind: 'start' | 'nothing' | 'backReference' };

/** A named group and its index in a match. */
export interface NamedGroup {
  readonly name: string;
  readonly index: number;
}

export interface ParsedPattern {
  readonly syntax: Syntax;
  readonly groups: readonly NamedGroup[];
}

const NOTHING: Syntax = { kind: 'nothing' };
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const ESCAPE =
  /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|[pP]\{[^}]*\}|k<[^>]*>|\d+|[\s\S])/iy;
const GROUP = /\((?:\?(?:(<?[=!])|<([^>]*)>|[\w-]*:))?/y;
const ONE_CHARACTER = /[\s\S]/y;
const ONE_CODE_POINT = /[\s\S]/uy;

/** @param source Of a regular expression that exists: what is no syntax does not get here. */
export function parsePattern({ source, flags }: RegExp): ParsedPattern {
  return new Parser(source, flags).parse();
}

/** What a part of a pattern is made of. */
export function partsOf(syntax: Syntax): readonly Syntax[] {
  if ('items' in syntax) return syntax.items;
  return 'item' in syntax ? [syntax.item] : [];
}

class Parser {
  readonly #source: string;
  readonly #isUnicode: boolean;
  readonly #hasNestedClasses: boolean;
  readonly #groups: NamedGroup[] = [];
  #captures = 0;
  #at = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#isUnicode = /[uv]/.test(flags);
    this.#hasNestedClasses = flags.includes('v');
  }

  parse(): ParsedPattern {
    return { syntax: this.#alternatives(), groups: this.#groups };
  }

  #alternatives(): Syntax {
    const items = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      items.push(this.#sequence());
    }
    return items.length === 1 ? items[0]! : { kind: 'alternatives', items };
  }

  #sequence(): Syntax {
    const items: Syntax[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      items.push(this.#quantified(this.#atom()));
    }
    return { kind: 'sequence', items };
  }

  #quantified(item: Syntax): Syntax {
    const found = this.#take(QUANTIFIER);
    if (found === undefined) return item;
    const [text, least, comma, most] = found;
    if (text[0] === '*') return { kind: 'repeat', item, least: 0, most: Infinity };
    if (text[0] === '+') return { kind: 'repeat', item, least: 1, most: Infinity };
    if (text[0] === '?') return { kind: 'repeat', item, least: 0, most: 1 };
    const bound = comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
    return { kind: 'repeat', item, least: Number(least), most: bound };
  }

  #atom(): Syntax {
    switch (this.#source[this.#at]) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'character', source: this.#class() };
      case '\\':
        return this.#escape();
      case '^':
        this.#at++;
        return { kind: 'start' };
      case '$':
        this.#at++;
        return NOTHING;
      default:
        return {
          kind: 'character',
          source: this.#take(this.#isUnicode ? ONE_CODE_POINT : ONE_CHARACTER)![0],
        };
    }
  }

  #group(): Syntax {
    const [text, look, name] = this.#take(GROUP)!;
    if (text === '(' || name !== undefined) this.#captures++;
    if (name !== undefined) this.#groups.push({ name, index: this.#captures });
    const item = this.#alternatives();
    this.#at++;
    return look === undefined ? item : { kind: 'look', item };
  }

  #class(): string {
    const start = this.#at;
    let depth = 0;
    do {
      const character = this.#source[this.#at];
      if (character === '\\') this.#at++;
      else if (character === '[' && (depth === 0 || this.#hasNestedClasses)) depth++;
      else if (character === ']') depth--;
      this.#at++;
    } while (depth > 0 && this.#at < this.#source.length);
    return this.#source.slice(start, this.#at);
  }

  #escape(): Syntax {
    const [source] = this.#take(ESCAPE)!;
    if (/^\\b$/i.test(source)) return NOTHING;
    if (/^\\(?:[1-9]|k<)/.test(source)) return { kind: 'backReference' };
    return { kind: 'character', source };
  }

  #take(expected: RegExp): RegExpExecArray | undefined {
    expected.lastIndex = this.#at;
    const found = expected.exec(this.#source);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }
}
