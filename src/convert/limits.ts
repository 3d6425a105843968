import type { LoggedException } from '../log-record.js';
import { charCodeAt, min, sliceText } from './intrinsics.js';

/** Limits of one record; lengths in UTF-16 units. */
export interface Limits {
  readonly maxAttributes: number;
  readonly maxValueLength: number;
}

/** Of a body, and of a stack trace: its end holds the root cause. */
export const MAX_BODY_LENGTH = 64 * 1024;
export const MAX_DEPTH = 8;
/** Of values in one record, nested ones included: a depth alone does not bound a tree. */
export const MAX_VALUES = 2_000;
/** Of all attribute text in one record. */
const MAX_TEXT_LENGTH = 256 * 1024;
/** No limit of the specification's: nobody queries by a longer name. */
const MAX_KEY_LENGTH = 1024;

/** What one record may still take. Counts down, and remembers what the whole record must know. */
export class Budget {
  isTruncated = false;
  /** The console printed more of a value than its fields tell. */
  isPrintedFuller = false;
  /** The error that `exception` describes. */
  error: Error | undefined;
  exception: LoggedException | undefined;
  valuesLeft = MAX_VALUES;
  droppedAttributes = 0;
  readonly maxAttributes: number;
  /** The values are also printed: what is hidden there stays so. */
  readonly isPrinted: boolean;
  readonly #maxValueLength: number;
  #textLeft = MAX_TEXT_LENGTH;

  constructor(limits: Limits, isPrinted = false) {
    this.isPrinted = isPrinted;
    this.maxAttributes = limits.maxAttributes;
    this.#maxValueLength = limits.maxValueLength;
  }

  text(value: string): string {
    return this.#take(value, this.#maxValueLength);
  }

  key(value: string): string {
    return this.#take(value, MAX_KEY_LENGTH);
  }

  /** Without it texts are cut to nothing, keys included. */
  get hasRoom(): boolean {
    return this.valuesLeft > 0 && this.#textLeft > 0;
  }

  /** A body or a stack trace. */
  longText(value: string): string {
    return value.length > MAX_BODY_LENGTH ? this.#cut(value, MAX_BODY_LENGTH) : value;
  }

  /** Room for bytes, at most `wanted`. */
  byteCount(wanted: number): number {
    const room = min(wanted, this.#maxValueLength, this.#textLeft);
    if (room < wanted) this.isTruncated = true;
    this.#textLeft -= room;
    return room;
  }

  #take(value: string, maxLength: number): string {
    const { length } = value;
    if (length <= maxLength && length <= this.#textLeft) {
      this.#textLeft -= length;
      return value;
    }
    const kept = this.#cut(value, min(maxLength, this.#textLeft));
    this.#textLeft -= kept.length;
    return kept;
  }

  #cut(value: string, length: number): string {
    this.isTruncated = true;
    return cutText(value, length);
  }
}

/** The first `length` units, without half a surrogate pair at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = charCodeAt(text, length - 1);
  const isHighSurrogate = last >= 0xd800 && last < 0xdc00;
  return sliceText(text, 0, isHighSurrogate ? length - 1 : length);
}
