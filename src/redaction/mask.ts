import { sliceText, startsWith } from '../convert/intrinsics.js';

/** In place of a secret. ASCII: one other character doubles what a text takes. */
export const REDACTED = '[REDACTED]';
const REDACTED_START = '[REDACTED';
/** Source of an expression for either form. */
export const MASK = '\\[REDACTED(?::[^\\]]{1,8})?\\]';

/** Below it, four characters are too large a part. */
const MIN_LENGTH_TO_TELL = 20;
const TOLD = 4;

/** In place of a secret known by its shape: the end of a long one tells which it was. */
export function maskOf(secret: string): string {
  return secret.length < MIN_LENGTH_TO_TELL
    ? REDACTED
    : `${REDACTED_START}:${sliceText(secret, secret.length - TOLD)}]`;
}

export function isMasked(text: string): boolean {
  return startsWith(text, REDACTED_START);
}
