import type { RecordList } from './record-list.js';

/** Where the queue is kept on disk. Offsets count up for ever. */
export interface Spool {
  /** Of the byte that is appended next. */
  readonly endOffset: number;
  /** Called before each `append`, while nothing is half done: the spool may turn out to be claimed. */
  prepare(): void;
  /** @returns Offset of the first byte. @throws When nothing can be kept any more. */
  append(bytes: Buffer): number;
  /** @returns Bytes read, 0 when there are none. */
  read(offset: number, into: Buffer): number;
  /** These records need not be kept, nor does anything before the offset. */
  settle(records: RecordList, offset: number): void;
  /** Nothing more comes from that stream, and all of it is settled. */
  forget(stream: number): void;
}
