import { types } from 'node:util';
import {
  bufferFrom,
  bufferOfBytes,
  isSafeInteger,
  lengthOfBytes,
  offsetOfBytes,
  toJson,
} from '../convert/intrinsics.js';
import { isLogFields, type LogFields, type LogValue } from '../log-record.js';
import { escapeJson } from './escape.js';

const { isUint8Array } = types;
const { apply } = Reflect;
const bytesToText = Buffer.prototype.toString;

/** In double quotes, on one line, without a character that acts. */
export function quoted(text: string): string {
  return escapeJson(toJson(text));
}

/** A value as JSON. What JSON has no number for is text, as in OTLP's JSON: bytes in base64. */
export function jsonValue(value: LogValue): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      // `null` is all that JSON itself makes of NaN and Infinity.
      return value - value === 0 ? `${value}` : `"${value}"`;
    case 'bigint':
      return isSafeInteger(Number(value)) ? `${value}` : `"${value}"`;
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return value === null ? 'null' : objectText(value);
  }
}

/** @param count Of the fields, the first ones; by default all. */
export function jsonObject({ keys, values }: LogFields, count = keys.length): string {
  let text = '{';
  for (let i = 0; i < count && i < keys.length; i++) {
    text += `${i === 0 ? '' : ','}${quoted(keys[i]!)}:${jsonValue(values[i]!)}`;
  }
  return `${text}}`;
}

function objectText(value: Uint8Array | readonly LogValue[] | LogFields): string {
  if (isUint8Array(value)) return `"${base64(value)}"`;
  return isLogFields(value) ? jsonObject(value) : jsonArray(value as readonly LogValue[]);
}

function jsonArray(items: readonly LogValue[]): string {
  let text = '[';
  for (let i = 0; i < items.length; i++) text += `${i === 0 ? '' : ','}${jsonValue(items[i]!)}`;
  return `${text}]`;
}

function base64(bytes: Uint8Array): string {
  const length = lengthOfBytes(bytes) as number;
  const buffer = bufferOfBytes(bytes) as ArrayBuffer;
  const own = bufferFrom(buffer, offsetOfBytes(bytes) as number, length);
  return apply(bytesToText, own, ['base64']);
}
