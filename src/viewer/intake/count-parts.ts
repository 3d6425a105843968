import protobuf from 'protobufjs/light.js';

/** Each needs two bytes at least. */
const LEAST_BYTES = 2;
const LENGTH_DELIMITED = 2;

/**
 * Whether reading a body would make more objects than that: two bytes can be one that takes a hundred
 * in memory. What is nested deeper than there is stack for throws, as reading it would.
 */
export function hasMoreParts(body: Uint8Array, most: number, type?: protobuf.Type): boolean {
  if (body.length / LEAST_BYTES <= most) return false;
  if (!type) return jsonParts(body, most) > most;
  const reader = protobuf.Reader.create(body);
  return messageParts(reader, reader.len, { type, left: most }) < 0;
}

interface Counted {
  readonly type: protobuf.Type;
  /** Of what may be there. */
  readonly left: number;
}

// How many may be there behind this message; fewer than none, and it was not read to its end.
function messageParts(reader: protobuf.Reader, end: number, { type, left }: Counted): number {
  let rest = left;
  while (reader.pos < end && rest >= 0) {
    const tag = reader.uint32();
    const part = type.fieldsById[tag >>> 3]?.resolve().resolvedType;
    if (!part || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      continue;
    }
    const partEnd = reader.uint32() + reader.pos;
    rest = messageParts(reader, partEnd, { type: part as protobuf.Type, left: rest - 1 });
  }
  return rest;
}

const [QUOTE, BACKSLASH, COMMA, LIST, OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

// Lists, objects and what is in them.
function jsonParts(body: Uint8Array, most: number): number {
  let count = 0;
  let isText = false;
  for (let at = 0; at < body.length && count <= most; at++) {
    const byte = body[at];
    if (byte === QUOTE) isText = !isText;
    else if (isText && byte === BACKSLASH) at++;
    else if (!isText && (byte === COMMA || byte === LIST || byte === OBJECT)) count++;
  }
  return count;
}
