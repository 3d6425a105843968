const FIRST_CAPACITY = 1024;

/**
 * Encoded records, each still in the page it was drained to. Lists of numbers side by side, used
 * again for each batch: an object for each record, or lists that grow from nothing, would be most of
 * what the exporter's thread allocates.
 */
export class RecordList {
  /** Of records that may be sent twice: begins the uid that tells it. */
  uidPrefix: string | undefined;
  /** Distinct encoded scopes, in the order they came; an empty one where the scope was lost. */
  readonly scopes: Uint8Array[] = [];
  starts = new Uint32Array(FIRST_CAPACITY);
  ends = new Uint32Array(FIRST_CAPACITY);
  scopeIndexes = new Uint16Array(FIRST_CAPACITY);
  severityNumbers = new Uint8Array(FIRST_CAPACITY);
  streams = new Uint32Array(FIRST_CAPACITY);
  positions = new Float64Array(FIRST_CAPACITY);
  readonly #pages: Buffer[] = [];
  #pageIndexes = new Uint16Array(FIRST_CAPACITY);
  #count = 0;
  #bytes = 0;

  get count(): number {
    return this.#count;
  }

  /** Of all payloads. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Of one record, from `starts` to `ends`. */
  page(index: number): Buffer {
    return this.#pages[this.#pageIndexes[index]!]!;
  }

  /** @returns Its index, under which the caller adds what else is known. */
  add(page: Buffer, start: number, end: number, scope: Uint8Array): number {
    const index = this.#count++;
    if (index === this.starts.length) this.#grow();
    if (this.#pages.at(-1) !== page) this.#pages.push(page);
    this.#pageIndexes[index] = this.#pages.length - 1;
    this.scopeIndexes[index] = this.#scopeIndex(scope, index);
    this.starts[index] = start;
    this.ends[index] = end;
    this.#bytes += end - start;
    return index;
  }

  /** Takes the last one out again. */
  pop(): void {
    const index = --this.#count;
    this.#bytes -= this.ends[index]! - this.starts[index]!;
  }

  clear(): void {
    this.uidPrefix = undefined;
    this.scopes.length = 0;
    this.#pages.length = 0;
    this.#count = 0;
    this.#bytes = 0;
  }

  // Most records in a row are of one scope.
  #scopeIndex(scope: Uint8Array, index: number): number {
    const last = index === 0 ? 0 : this.scopeIndexes[index - 1]!;
    if (this.scopes[last] === scope) return last;
    const known = this.scopes.indexOf(scope);
    return known === -1 ? this.scopes.push(scope) - 1 : known;
  }

  #grow(): void {
    const capacity = this.starts.length * 2;
    this.starts = grown(this.starts, new Uint32Array(capacity));
    this.ends = grown(this.ends, new Uint32Array(capacity));
    this.scopeIndexes = grown(this.scopeIndexes, new Uint16Array(capacity));
    this.severityNumbers = grown(this.severityNumbers, new Uint8Array(capacity));
    this.streams = grown(this.streams, new Uint32Array(capacity));
    this.positions = grown(this.positions, new Float64Array(capacity));
    this.#pageIndexes = grown(this.#pageIndexes, new Uint16Array(capacity));
  }
}

function grown<List extends { set(from: never): void }>(from: List, to: List): List {
  to.set(from as never);
  return to;
}
