import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';

// A bundle of its own: the only place that needs a parser of YAML.

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** What a file says, as plain values, and where it says it. */
export interface RulesDocument {
  readonly value: unknown;
  /** Line of the value, or of its key if it has one; the nearest around it that is there. */
  lineOf(path: Path): number;
}

export interface BrokenDocument {
  readonly line: number;
  readonly problem: string;
}

const MAX_ALIASES = 100;
/** A file that is half written looks like that, and any other text. */
const NO_MAPPING = 'the file is not a mapping of names to values';

/** Reads YAML, of which JSON is a part. */
export function readDocument(text: string): RulesDocument | BrokenDocument {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  try {
    // A byte order mark is what some editors begin a file with.
    const document = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error !== undefined) return { line: lineAt(error.pos[0]), problem: error.message };
    const value = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (value !== null && !isMapping(value)) return { line: 1, problem: NO_MAPPING };
    return { value, lineOf: path => lineAt(offsetOf(document, path)) };
  } catch (error) {
    // Aliases that multiply, for instance.
    return { line: 1, problem: error instanceof Error ? error.message : String(error) };
  }
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const holder = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1]!;
    if (isMap(holder)) {
      const pair = holder.items.find(({ key }) => String(key) === String(last));
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
