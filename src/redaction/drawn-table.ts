import { indexOfText, sliceText } from '../convert/intrinsics.js';
import { REDACTED } from './mask.js';

// `console.table()` draws what its rows hold, far from the names that tell what it is.

/** In place of a table in which a secret was not found again. */
export const WITHHELD_TABLE = '[REDACTED: this table holds a secret]';
const BORDER = '│';

/** Without these texts, each of which is a cell; undefined if one of them is not. */
export function withoutCells(table: string, texts: readonly string[]): string | undefined {
  let left = table;
  for (let i = 0; i < texts.length; i++) {
    const cell = `'${texts[i]!}'`;
    if (indexOfText(table, cell) === -1) return undefined;
    left = replaced(left, cell, inWidthOf(cell));
  }
  return left;
}

/** Whether a column has a name about which `isSecret` says so. */
export function hasColumn(table: string, isSecret: (name: string) => boolean): boolean {
  let at = indexOfText(table, BORDER);
  const end = indexOfText(table, '\n', at);
  while (at !== -1 && at < end) {
    const next = indexOfText(table, BORDER, at + 1);
    if (next !== -1 && isSecret(sliceText(table, at + 1, next))) return true;
    at = next;
  }
  return false;
}

function replaced(text: string, what: string, by: string): string {
  let result = '';
  let from = 0;
  for (let at = indexOfText(text, what); at !== -1; at = indexOfText(text, what, from)) {
    result += sliceText(text, from, at) + by;
    from = at + what.length;
  }
  return result + sliceText(text, from);
}

// As far as that goes, columns stay columns.
function inWidthOf(cell: string): string {
  let text = `'${REDACTED}'`;
  while (text.length < cell.length) text += ' ';
  return text;
}
