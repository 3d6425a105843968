import { stripVTControlCharacters } from 'node:util';
import { indexOfText } from './intrinsics.js';

const ESCAPE = '\u001b';
const stripEscapes = stripVTControlCharacters;

/** Without the sequences that colour a terminal: for text that is read and searched as text. */
export function plainText(text: string): string {
  return indexOfText(text, ESCAPE) === -1 ? text : stripEscapes(text);
}
