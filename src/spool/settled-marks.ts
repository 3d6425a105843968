import { crc32 } from 'node:zlib';
import { attempt } from '../attempt.js';
import { openForReading, openOwnFile, readAll } from './files.js';
import { closeSync, fstatSync, writeSync } from './fs.js';

// How far each stream was delivered, or given up: one slot a stream, written in place.
//
//    0  u32  CRC-32 of what follows
//    4  u32  stream
//    8  f64  every record before this position is settled

export const MARKS_FILE = 'settled';
const SLOT_BYTES = 16;
/** Of a file that somebody may have made up. */
const MAX_SLOTS = 65_536;

export class SettledMarks {
  /** undefined where there can be no such file: then marks are kept in memory alone. */
  readonly #fd: number | undefined;
  readonly #slotByStream = new Map<number, number>();
  readonly #marks = new Map<number, number>();
  readonly #bytes = Buffer.alloc(SLOT_BYTES);
  #slots = 0;
  readonly #freeSlots: number[] = [];

  /** Reads what is there; a damaged slot counts as nothing settled. Never throws. */
  constructor(path: string) {
    this.#fd = openMarks(path);
    const slots = this.#fd === undefined ? Buffer.alloc(0) : readSlots(this.#fd);
    for (const [slot, stream, position] of wholeSlots(slots)) {
      this.#slotByStream.set(stream, slot);
      this.#marks.set(stream, position);
    }
    this.#slots = Math.floor(slots.length / SLOT_BYTES);
  }

  /** Every record of the stream before it is settled. */
  of(stream: number): number {
    return this.#marks.get(stream) ?? 0;
  }

  /** By stream, as they are now. */
  all(): ReadonlyMap<number, number> {
    return new Map(this.#marks);
  }

  /** Never throws. What cannot be written may be delivered again, once somebody takes over. */
  set(stream: number, position: number): void {
    if (position <= this.of(stream)) return;
    const slot = this.#slotByStream.get(stream) ?? this.#freeSlots.pop() ?? this.#slots++;
    this.#slotByStream.set(stream, slot);
    this.#marks.set(stream, position);
    this.#bytes.writeUInt32LE(stream, 4);
    this.#bytes.writeDoubleLE(position, 8);
    this.#bytes.writeUInt32LE(crc32(this.#bytes.subarray(4)), 0);
    if (this.#fd === undefined) return;
    try {
      writeSync(this.#fd, this.#bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
    } catch {
      // A full disk, for instance: no reason not to go on delivering.
    }
  }

  /** Nothing more comes from that stream: its slot is for another one. */
  forget(stream: number): void {
    const slot = this.#slotByStream.get(stream);
    if (slot !== undefined) this.#freeSlots.push(slot);
    this.#slotByStream.delete(stream);
    this.#marks.delete(stream);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }
}

/** Those of somebody who may be writing them, by stream. Never throws, and makes nothing. */
export function readMarks(path: string): ReadonlyMap<number, number> {
  const fd = attempt(() => openForReading(path));
  if (fd === undefined) return new Map();
  const slots = attempt(() => readSlots(fd)) ?? Buffer.alloc(0);
  closeSync(fd);
  return new Map([...wholeSlots(slots)].map(([, stream, position]) => [stream, position]));
}

function* wholeSlots(slots: Buffer): Iterable<[slot: number, stream: number, position: number]> {
  for (let at = 0; at + SLOT_BYTES <= slots.length; at += SLOT_BYTES) {
    if (crc32(slots.subarray(at + 4, at + SLOT_BYTES)) !== slots.readUInt32LE(at)) continue;
    yield [at / SLOT_BYTES, slots.readUInt32LE(at + 4), slots.readDoubleLE(at + 8)];
  }
}

/** Neither a link is followed, nor a folder or a pipe used. */
function openMarks(path: string): number | undefined {
  let fd: number | undefined;
  try {
    fd = openOwnFile(path);
    if (fstatSync(fd).isFile()) return fd;
  } catch {
    // No room, or something else is there by that name.
  }
  if (fd !== undefined) closeSync(fd);
  return undefined;
}

function readSlots(fd: number): Buffer {
  const slots = Buffer.alloc(Math.min(fstatSync(fd).size, SLOT_BYTES * MAX_SLOTS));
  try {
    return slots.subarray(0, readAll(fd, slots, 0));
  } catch {
    // A disk with errors: as if nothing were settled.
    return Buffer.alloc(0);
  }
}
