import type { ScopeBook } from './scope-book.js';
import type { Spool } from './spool.js';

export interface QueueOptions {
  readonly scopes: ScopeBook;
  readonly spool?: Spool | undefined;
  /** Nothing more can be appended to the spool. */
  onSpoolFailed?(error: unknown): void;
  /** What was in the spool alone cannot be read. */
  onLost?(records: number): void;
}
