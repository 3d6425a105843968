import { findSourceMap } from 'node:module';
import { isAbsolute } from 'node:path';
import type { Frame } from './frames.js';
import { pathOf, type ScriptOrigin } from './script-origin.js';

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly functionName: string | undefined;
}

/** What Node answers for a position: nothing where the map has a gap. */
interface Entry {
  readonly originalSource?: string;
  /** From 0, as is the column. */
  readonly originalLine?: number;
  readonly originalColumn?: number;
  readonly name?: string;
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
 */
export function originalPosition(
  frame: Frame,
  origin: ScriptOrigin,
  { line, column }: { readonly line: number; readonly column: number },
): Position | undefined {
  // A script has its map from before it runs. Looking for it takes longer than the rest together.
  if (origin.sourceMap === undefined) origin.sourceMap = findMap(origin) ?? null;
  const map = origin.sourceMap;
  if (map === null) return undefined;

  const { originalSource, originalLine, originalColumn } = entryAt(map, line, column);
  if (originalSource === undefined || originalLine === undefined || originalColumn === undefined) {
    return undefined;
  }
  return {
    file: pathOf(originalSource),
    line: originalLine + 1,
    column: originalColumn + 1,
    functionName: originalName(frame, map),
  };
}

function findMap({ name, path }: ScriptOrigin): SourceMap | undefined {
  return isPath(path) ? find(name) : undefined;
}

// Compilers that shorten names note what a function was called where it begins.
function originalName(frame: Frame, map: SourceMap): string | undefined {
  const line = frame.getEnclosingLineNumber();
  const column = frame.getEnclosingColumnNumber();
  if (!frame.getFunctionName() || line === null || column === null) return undefined;
  return entryAt(map, line, column).name;
}

function entryAt(map: SourceMap, line: number, column: number): Entry {
  return map.findEntry(line - 1, column - 1);
}
