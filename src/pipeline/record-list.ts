/**
 * Encoded records, each still in the page it was drained to. Lists side by side: an object for each
 * record would be most of what the exporter's thread allocates.
 */
export class RecordList {
  readonly sources: Buffer[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** Encoded scopes; empty where the scope was lost. The same object for the same scope. */
  readonly scopes: Uint8Array[] = [];
  readonly severityNumbers: number[] = [];
  readonly streams: number[] = [];
  readonly positions: number[] = [];
  /** Of records that may be sent twice: begins the uid that tells it. */
  uidPrefix: string | undefined;
  /** Of the payloads. */
  bytes = 0;

  get count(): number {
    return this.starts.length;
  }

  /** Takes the last one out again. */
  pop(): void {
    this.sources.pop();
    this.scopes.pop();
    this.severityNumbers.pop();
    this.streams.pop();
    this.positions.pop();
    this.bytes -= this.ends.pop()! - this.starts.pop()!;
  }

  clear(): void {
    this.uidPrefix = undefined;
    for (const list of [this.sources, this.starts, this.ends, this.scopes]) list.length = 0;
    for (const list of [this.severityNumbers, this.streams, this.positions]) list.length = 0;
    this.bytes = 0;
  }
}
