import { indexOfText } from '../convert/intrinsics.js';
import { maskOf, REDACTED } from './mask.js';
import { Pattern } from './patterns.js';

/** A kind of secret that is recognised wherever it is. */
export interface Shape {
  /** A text without any of these holds none. */
  readonly hints: readonly string[];
  readonly pattern: Pattern;
  /** What becomes of a match; undefined leaves it. */
  replacement(match: RegExpExecArray): string | undefined;
}

// Where a secret may begin: also behind what stands for a line break in JSON, for a character in a
// URL, or for a colour.
const ESCAPED = '(?<=\\\\[nrt]|%[\\dA-Fa-f]{2}|\\x1b\\[[\\d;]{0,9}m)';
export const START = `(?:(?<![A-Za-z0-9])|${ESCAPED})`;
/** The same for what can be part of a longer name: neither `task-` nor `disk-`. */
export const STRICT_START = `(?:(?<![\\w-])|${ESCAPED})`;

// Time grows with the length of the text only, because a run that failed is not looked at again: either
// its start is strict, or what it may hold ends before the next start, or its length is bounded.
const TOKENS: readonly (readonly [hints: string, source: string])[] = [
  ['eyJ', `${STRICT_START}eyJ[\\w-]{10,}\\.[\\w-]{4,}\\.[\\w-]*(?:\\.[\\w-]+){0,2}`],
  ['AKIA ASIA', `${START}A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])`],
  ['ghp_ gho_ ghu_ ghs_ ghr_', `${START}gh[pousr]_[A-Za-z0-9]{30,}`],
  ['github_pat_', `${START}github_pat_\\w{22,}`],
  ['glpat-', `${START}glpat-[\\w-]{20,}`],
  ['xox', `${START}xox[a-z]-[A-Za-z0-9-]{10,}`],
  ['xapp-', `${START}xapp-\\d-[A-Za-z0-9-]{10,}`],
  ['k_live_ k_test_', `${START}[sr]k_(?:live|test)_[A-Za-z0-9]{16,}`],
  ['whsec_', `${START}whsec_[\\w+/=-]{20,}`],
  // By OpenAI, Anthropic, OpenRouter and others; the first kind has a word behind the sk-.
  ['sk-', `${STRICT_START}sk-(?:proj|ant|svcacct|admin|or)-(?=[A-Za-z_-]*\\d)[\\w-]{20,}`],
  ['sk-', `${STRICT_START}sk-(?=[A-Za-z]*\\d)[A-Za-z0-9]{20,}(?![\\w-])`],
  ['AIza', `${START}AIza[\\w-]{35}`],
  ['npm_', `${START}npm_[A-Za-z0-9]{36,}`],
  ['hf_', `${START}hf_[A-Za-z0-9]{30,}`],
  ['r8_', `${START}r8_[A-Za-z0-9]{30,}`],
  ['gsk_', `${START}gsk_[A-Za-z0-9]{40,}`],
  ['xai-', `${START}xai-[A-Za-z0-9]{40,}`],
  ['SG.', `${START}SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}(?![\\w-])`],
];

const { from: decodeBase64 } = Buffer;
const SPACE = 0x20;
const COLON = 0x3a;
export const WEBHOOK_PLACE =
  'https://(?:hooks\\.slack\\.com/services/\\w{1,32}/\\w{1,32}/' +
  '|(?:\\w{1,16}\\.)?discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/\\d{1,32}/)';
const WEBHOOK = `(${WEBHOOK_PLACE})([\\w-]{16,})`;
// Up to the last @ before what ends the host's part; a password in which a slash was not encoded ends
// at the first, and is no port number.
const URL_PASSWORD =
  '(://[^\\s:/?#@\\[\\]"\'`<>\\\\]{0,128}:)' +
  '(?:[^\\s/?#"\'`<>\\\\]{1,512}|(?!\\d*[/?#\\s])[^\\s@"\'`<>\\\\]{1,256})@';

export function createShapes(): readonly Shape[] {
  return [
    ...TOKENS.map(([hints, source]) => ({
      hints: hints.split(' '),
      pattern: new Pattern(source),
      replacement: ({ 0: token }: RegExpExecArray) => maskOf(token),
    })),
    {
      hints: ['Bearer ', 'BEARER '],
      pattern: new Pattern(
        `${STRICT_START}((?:Bearer|BEARER) {1,3})(?=[^\\s\\d]{0,256}\\d)([\\w.~+/-]{16,}=*)`,
      ),
      replacement: ([, scheme, token]) => scheme! + maskOf(token!),
    },
    {
      hints: ['Basic ', 'BASIC '],
      pattern: new Pattern(`${STRICT_START}((?:Basic|BASIC) {1,3})([A-Za-z0-9+/]{6,}={0,2})`),
      replacement: ([, scheme, token]) =>
        isUserAndPassword(token!) ? scheme! + REDACTED : undefined,
    },
    {
      hints: ['https://'],
      pattern: new Pattern(WEBHOOK),
      replacement: ([, place, token]) => place! + maskOf(token!),
    },
    {
      hints: ['@'],
      pattern: new Pattern(URL_PASSWORD),
      replacement: ([, user]) => `${user!}${REDACTED}@`,
    },
  ];
}

export function mayHold(text: string, { hints }: Shape): boolean {
  for (let i = 0; i < hints.length; i++) if (indexOfText(text, hints[i]!) !== -1) return true;
  return false;
}

// What HTTP sends is `user:password` in base64; other words are prose.
function isUserAndPassword(token: string): boolean {
  const bytes = decodeBase64(token, 'base64');
  let hasColon = false;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < SPACE) return false;
    hasColon ||= bytes[i] === COLON;
  }
  return hasColon;
}
