// ExportLogsServiceResponse: partial_success (1) { rejected_log_records (1), error_message (2) }.
// https://opentelemetry.io/docs/specs/otlp/#partial-success-1

export interface PartialSuccess {
  readonly rejectedRecords: number;
  readonly message: string;
}

const NOTHING_REJECTED: PartialSuccess = { rejectedRecords: 0, message: '' };
const PARTIAL_SUCCESS = 0x0a;
const REJECTED_RECORDS = 0x08;
const ERROR_MESSAGE = 0x12;

// https://protobuf.dev/programming-guides/encoding/#structure
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** What the collector says of a request it took. A body that is not protobuf says nothing. */
export function parsePartialSuccess(body: Buffer): PartialSuccess {
  try {
    const outer = new Cursor(body);
    if (outer.varint() !== PARTIAL_SUCCESS) return NOTHING_REJECTED;
    return parseInner(new Cursor(outer.bytes()));
  } catch {
    return NOTHING_REJECTED;
  }
}

function parseInner(cursor: Cursor): PartialSuccess {
  let rejectedRecords = 0;
  let message = '';
  while (!cursor.isAtEnd()) {
    const tag = cursor.varint();
    if (tag === REJECTED_RECORDS) rejectedRecords = cursor.varint();
    else if (tag === ERROR_MESSAGE) message = cursor.bytes().toString('utf8');
    else cursor.skip(tag & 7);
  }
  // A negative count is ten bytes, and comes out as more than there are records in the world.
  return { rejectedRecords: rejectedRecords < 2 ** 63 ? rejectedRecords : 0, message };
}

class Cursor {
  #position = 0;
  readonly #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  isAtEnd(): boolean {
    return this.#position >= this.#buffer.length;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#buffer.readUInt8(this.#position++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  /** Over a field of a version later than ours. */
  skip(wireType: number): void {
    if (wireType === VARINT) this.varint();
    else if (wireType === LENGTH_DELIMITED) this.bytes();
    else if (wireType === FIXED_64) this.#position += 8;
    else if (wireType === FIXED_32) this.#position += 4;
    else throw new RangeError('Unknown wire type.');
  }

  bytes(): Buffer {
    const length = this.varint();
    const start = this.#position;
    this.#position += length;
    if (this.#position > this.#buffer.length) throw new RangeError('Truncated message.');
    return this.#buffer.subarray(start, this.#position);
  }
}
