import { sliceText } from '../convert/intrinsics.js';
import { REDACTED } from './mask.js';
import { endOf, Pattern } from './patterns.js';
import { START, STRICT_START, WEBHOOK_PLACE } from './shapes.js';

// What is too short for a secret, or has no end, may be the beginning of one where the text was cut.

/** A start that is not strict may be tried at each place: in no more of a text than that. */
const MAX_LENGTH = 1024;
const TOKEN =
  `${START}(?:A[KS]IA[A-Z0-9]{2,20}|(?:gh[pousr]|hf|r8|npm|gsk)_[A-Za-z0-9]{4,}|github_pat_\\w{2,}` +
  '|glpat-[\\w-]{2,}|xox[a-z]-[A-Za-z0-9-]{2,}|xapp-\\d-[A-Za-z0-9-]{2,}|AIza[\\w-]{2,}' +
  '|[sr]k_(?:live|test)_[A-Za-z0-9]{2,}|whsec_[\\w+/=-]{2,}|xai-[A-Za-z0-9]{4,}' +
  '|SG\\.[\\w-]{4,}(?:\\.[\\w-]*)?)';
const AI_KEY = `${STRICT_START}sk-(?:(?:proj|ant|svcacct|admin|or)-[\\w-]{2,}|(?=[A-Za-z]*\\d)[A-Za-z0-9]{4,})`;
// Five digits are a port.
const URL_PASSWORD =
  '(?<=://[^\\s:/?#@\\[\\]"\'`<>\\\\]{0,128}:)(?!\\d{1,5}$)[^\\s/?#@\\[\\]"\'`<>\\\\]{1,512}';
const WEBHOOK = `(?<=${WEBHOOK_PLACE})[\\w-]{2,}`;

const JSON_WEB_TOKEN = `${STRICT_START}eyJ[\\w-]{4,}(?:\\.[\\w-]*){0,4}`;
const BEARER = `${STRICT_START}(?<=(?:Bearer|BEARER) {1,3})(?=[^\\s\\d]{0,256}\\d)[\\w.~+/-]{4,}=*`;

const short = new Pattern(`(?:${TOKEN}|${AI_KEY}|${URL_PASSWORD}|${WEBHOOK})$`, '');
const long = new Pattern(`(?:${JSON_WEB_TOKEN}|${BEARER})$`, '');

/** Of a text that may have been cut: without the beginning of a secret at its end. */
export function withoutCutSecret(text: string): string {
  const from = text.length - MAX_LENGTH;
  const end = from > 0 ? sliceText(text, from) : text;
  const found = short.exec(end, 0);
  if (found !== null) return sliceText(text, 0, text.length - found[0].length) + REDACTED;
  const token = long.exec(text, 0);
  return token === null ? text : sliceText(text, 0, endOf(token) - token[0].length) + REDACTED;
}
