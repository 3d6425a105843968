import { findSourceMap } from 'node:module';
import { isAbsolute } from 'node:path';
import { pathOf, type ScriptOrigin } from './script-origin.js';

/** From 1, both. */
interface GeneratedPosition {
  readonly line: number;
  readonly column: number;
}

interface Position extends GeneratedPosition {
  readonly file: string;
}

/** What Node answers for a position: nothing where the map has a gap. */
interface Entry {
  readonly originalSource?: string;
  /** From 0, as is the column. */
  readonly originalLine?: number;
  readonly originalColumn?: number;
}

export interface SourceMap {
  findEntry(line: number, column: number): Entry | object;
}

// Taken before the application can replace them.
const find = findSourceMap as (name: string) => SourceMap | undefined;
const isPath = isAbsolute;

/**
 * Where the code at this position was made from, if Node follows source maps
 * (`--enable-source-maps`, `process.setSourceMapsEnabled()`). Node decodes a map when it is first
 * asked for a position in it, as it does for the first stack trace it prints.
 *
 * Not what the function is called there: Node guesses, and calls an arrow function by its parameter
 * (Node 24).
 */
export function originalPosition(
  origin: ScriptOrigin,
  at: GeneratedPosition,
): Position | undefined {
  // A script has its map from before it runs. Looking for it takes longer than the rest together.
  try {
    if (origin.sourceMap === undefined) origin.sourceMap = findMap(origin) ?? null;
    return origin.sourceMap === null ? undefined : positionIn(origin.sourceMap, at);
  } catch {
    // A map that cannot be read.
    return undefined;
  }
}

function positionIn(map: SourceMap, { line, column }: GeneratedPosition): Position | undefined {
  const entry: Entry = map.findEntry(line - 1, column - 1);
  const { originalSource, originalLine, originalColumn } = entry;
  if (originalSource === undefined || originalLine === undefined || originalColumn === undefined) {
    return undefined;
  }
  return {
    file: pathOf(originalSource),
    line: originalLine + 1,
    column: originalColumn + 1,
  };
}

// With coverage there are maps, too, that no stack trace follows.
function findMap({ name, path }: ScriptOrigin): SourceMap | undefined {
  const { sourceMapsEnabled } = process as { sourceMapsEnabled?: boolean };
  return sourceMapsEnabled && isPath(path) ? find(name) : undefined;
}
