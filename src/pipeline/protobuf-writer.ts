import type { ByteRun } from './byte-run.js';

/** Strings up to this length are copied by a loop: for them a call into C++ costs more. */
const MAX_LOOP_CHARS = 24;
const TWO_TO_32 = 0x1_0000_0000;

/**
 * Writes protobuf into a buffer that the caller made large enough. Forward only: a nested message
 * gets one byte for its length, and is moved when that was too little, which is rarely so.
 * https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  position = 0;
  #bytes: Buffer;
  readonly #view: DataView;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** What was written from the start of the buffer, or from a later position. */
  written(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.position);
  }

  byte(value: number): void {
    this.#bytes[this.position++] = value;
  }

  varint(value: number): void {
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 0x7f) {
      bytes[this.position++] = (rest & 0x7f) | 0x80;
      rest = rest < TWO_TO_32 ? rest >>> 7 : Math.floor(rest / 128);
    }
    bytes[this.position++] = rest;
  }

  /** An `int64` as varint: negative ones take ten bytes. */
  int64(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0) {
      this.varint(value);
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  fixed32(value: number): void {
    this.#view.setUint32(this.position, value, true);
    this.position += 4;
  }

  fixed64(high: number, low: number): void {
    this.fixed32(low);
    this.fixed32(high);
  }

  double(value: number): void {
    this.#view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  /** May touch up to three bytes behind it. */
  run({ words, length }: ByteRun): void {
    const view = this.#view;
    let at = this.position;
    this.position += length;
    for (let i = 0; i < words.length; i++, at += 4) view.setInt32(at, words[i]!, true);
  }

  lengthPrefixed(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** Length and UTF-8 bytes. Lone surrogates become U+FFFD: protobuf strings are valid UTF-8. */
  string(text: string): void {
    if (text.length > MAX_LOOP_CHARS || !this.#shortAscii(text)) this.#utf8(text);
  }

  /** Lower-case hexadecimal, two digits a byte. */
  hex(text: string): void {
    this.varint(text.length >> 1);
    for (let i = 0; i < text.length; i += 2) {
      this.byte((hexDigit(text.charCodeAt(i)) << 4) | hexDigit(text.charCodeAt(i + 1)));
    }
  }

  /** Leaves room for a nested message's length; answers what `end` needs. */
  begin(): number {
    return this.position++;
  }

  end(start: number): void {
    const length = this.position - start - 1;
    if (length > 0x7f) {
      const extra = varintSize(length) - 1;
      this.#bytes.copyWithin(start + 1 + extra, start + 1, this.position);
      this.position = start;
      this.varint(length);
      this.position += length;
    } else {
      this.#bytes[start] = length;
    }
  }

  #shortAscii(text: string): boolean {
    const bytes = this.#bytes;
    const length = text.length;
    const start = this.position + 1;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[start + i] = unit;
    }
    bytes[this.position] = length;
    this.position = start + length;
    return true;
  }

  // Most text is ASCII, so its length in UTF-16 units tells how many bytes the length will need.
  #utf8(text: string): void {
    const lengthSize = varintSize(text.length);
    const start = this.position;
    const length = this.#bytes.write(text, start + lengthSize);
    const extra = varintSize(length) - lengthSize;
    if (extra > 0) {
      const from = start + lengthSize;
      this.#bytes.copyWithin(from + extra, from, from + length);
    }
    this.varint(length);
    this.position += length;
  }
}

export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

function hexDigit(unit: number): number {
  return unit < 0x3a ? unit - 0x30 : unit - 0x57;
}
