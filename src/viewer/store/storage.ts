import type { Span } from '../span.js';
import type { Generation } from './generation.js';

/** Where generations are kept: in memory, or in a database. */
export interface Storage {
  readonly kind: 'sqlite' | 'memory';
  /** What is there, oldest first: left by an earlier process, or after a change that failed. */
  open(): Generation[];
  readonly spans: SpanStorage;
  /** That can be added to. */
  create(firstId: number): Generation;
  /** Runs it as one change that is made as a whole or not at all. */
  change(work: () => void): void;
  /** Of all there is. */
  usedBytes(generations: readonly Generation[]): number;
  close(): void;
}

export interface SpanStorage {
  readonly count: number;
  add(spans: readonly Span[]): void;
  ofTrace(traceId: string, limit: number): Span[];
  dropOldest(count: number): void;
}
