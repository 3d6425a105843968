import { charCodeAt } from '../convert/intrinsics.js';
import { REDACTED } from './mask.js';
import { Pattern } from './patterns.js';
import { replaceMatches } from './replace.js';

// One in ten of all numbers passes the check digit, ids and timestamps among them: in text a card
// number has to be grouped the way it is on a card, too.
const BY_FOURS = '\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}';
const AMERICAN_EXPRESS = '3[47]\\d\\d([ -])\\d{6}\\2\\d{5}';
const GROUPED = `(?<!\\d|\\d[ -])(?:${BY_FOURS}|${AMERICAN_EXPRESS})(?!\\d|[ -]\\d{4}(?!\\d))`;

// Visa; Mastercard; American Express; Diners; JCB; Discover; UnionPay. With the lengths they have.
const ISSUERS = [
  '4\\d{12}(?:\\d{3}){0,2}',
  '5[1-5]\\d{14}',
  '2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}',
  '3[47]\\d{13}',
  '3(?:0[0-5]|[68]\\d)\\d{11,13}',
  '35(?:2[89]|[3-8]\\d)\\d{12}',
  '6(?:011|4[4-9]\\d|5\\d\\d)\\d{12}',
  '62\\d{14}',
];
const SEPARATED = '^ {0,3}\\d(?:[ -]?\\d){12,18} {0,3}$';

const ZERO = 0x30;

export interface CardNumbers {
  /** Replaces those that are grouped. */
  redact(text: string): string;
  /** Whether the text is one, and nothing else. */
  isOne(text: string): boolean;
}

export function createCardNumbers(): CardNumbers {
  const grouped = new Pattern(GROUPED);
  const separated = new Pattern(SEPARATED, '');
  const issued = new Pattern(`^(?:${ISSUERS.join('|')})$`, '');
  const isIssued = (text: string): boolean => {
    const digits = digitsOf(text);
    return issued.matches(digits) && hasCheckDigit(digits);
  };

  return {
    redact: text =>
      replaceMatches(text, grouped, ({ 0: number }) => (isIssued(number) ? REDACTED : undefined)),
    isOne: text => separated.matches(text) && isIssued(text),
  };
}

function digitsOf(text: string): string {
  let digits = '';
  for (let i = 0; i < text.length; i++) if (charCodeAt(text, i) >= ZERO) digits += text[i];
  return digits;
}

// ISO/IEC 7812-1, annex B.
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = charCodeAt(digits, digits.length - 1 - i) - ZERO;
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
