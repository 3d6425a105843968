import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Entry, Kept } from '../entry.js';
import type { Span } from '../span.js';
import { type Generation, mayHold, type Selection } from './generation.js';
import type { Storage } from './storage.js';

export interface Limits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** Of records, and of all the characters of their bodies and attributes. */
export type Limit = number | { readonly records: number; readonly characters: number };

/** A store goes by this part at a time. */
const GENERATIONS = 20;
/** So that looking through one takes some milliseconds, and not the time of what arrives. */
const MAX_GENERATION = 50_000;
/** A batch into a database should not be too small for it. */
const MIN_GENERATION = 100;

/** Records and spans, the oldest of which go when there are more than the limits allow. */
export class Store {
  readonly kind: Storage['kind'];
  droppedByRetention = 0;
  readonly #storage: Storage;
  readonly #limits: Limits;
  readonly #generationSize: number;
  #generations: Generation[];
  /** Of the newest generation when it was begun: of a database, what all the others take. */
  #bytesBefore = 0;
  #nextId: number;
  /** Records up to this one are gone, even while their generation is still there. */
  #floor: number;

  constructor(storage: Storage, limits: Limits) {
    this.kind = storage.kind;
    this.#storage = storage;
    this.#limits = limits;
    const part = Math.ceil(limits.maxRecords / GENERATIONS);
    this.#generationSize = Math.min(Math.max(part, MIN_GENERATION), MAX_GENERATION);
    this.#generations = storage.open();
    this.#nextId = (this.#generations.at(-1)?.extent.lastId ?? 0) + 1;
    this.#floor = (this.#generations[0]?.extent.firstId ?? 1) - 1;
    this.#storage.change(() => this.#retain());
    this.droppedByRetention = 0;
  }

  get nextId(): number {
    return this.#nextId;
  }

  get recordCount(): number {
    return this.#nextId - 1 - this.#floor;
  }

  get spanCount(): number {
    return this.#storage.spans.count;
  }

  /** Gives the entries their ids. If it throws, nothing was added. */
  add(entries: readonly Entry[], spans: readonly Span[] = []): void {
    for (const [index, entry] of entries.entries()) entry.id = this.#nextId + index;
    this.#change(() => {
      for (let at = 0; at < entries.length; ) {
        const generation = this.#current();
        const { firstId, lastId } = generation.extent;
        const end = at + this.#generationSize - (lastId + 1 - firstId);
        generation.add(entries.slice(at, end));
        at = end;
      }
      this.#storage.spans.add(spans);
      this.#nextId += entries.length;
      this.#retain();
    });
  }

  clear(): void {
    this.#change(() => {
      for (const generation of this.#generations) generation.drop();
      this.#storage.spans.dropOldest(this.spanCount);
    });
    this.#generations = [];
    this.#floor = this.#nextId - 1;
  }

  close(): void {
    this.#generations = [];
    this.#storage.close();
  }

  /** At most `limit` records, in the order asked for; the second or later one that exceeds it is the last. */
  async find(
    selection: Selection,
    limit: Limit,
    order: 'newest' | 'oldest' = 'newest',
  ): Promise<Kept[]> {
    const { records, characters } = typeof limit === 'number' ? { records: limit } : limit;
    const found: Kept[] = [];
    let left = characters ?? Number.POSITIVE_INFINITY;
    await this.each(selection, order, (generation, within) => {
      const ids = generation.find(within, records - found.length, order);
      for (const kept of generation.read(ids)) {
        found.push(kept);
        left -= kept.body.length + kept.attributes.length;
        if (left < 0 && found.length > 1) return false;
      }
      return found.length < records;
    });
    return found;
  }

  get(id: number): Kept | undefined {
    if (id <= this.#floor) return undefined;
    const generation = this.#generations.find(({ extent }) => id <= extent.lastId);
    const [kept] = generation?.read([id]) ?? [];
    return kept;
  }

  spansOf(traceId: string, limit: number): Span[] {
    return this.#storage.spans.ofTrace(traceId, limit);
  }

  /** From the earliest to the latest record. */
  timeRange(): { readonly from: bigint; readonly to: bigint } | undefined {
    const extents = this.#generations
      .map(({ extent }) => extent)
      .filter(({ firstId, lastId }) => lastId >= firstId);
    if (extents.length === 0) return undefined;
    return {
      from: extents.reduce(
        (least, { earliest }) => (earliest < least ? earliest : least),
        extents[0]!.earliest,
      ),
      to: extents.reduce((most, { latest }) => (latest > most ? latest : most), extents[0]!.latest),
    };
  }

  /** Puts a question to one generation after the other, until it returns false. Lets others work between. */
  async each(
    selection: Selection,
    order: 'newest' | 'oldest',
    ask: (generation: Generation, selection: Selection) => unknown,
  ): Promise<void> {
    const generations =
      order === 'newest' ? this.#generations.toReversed() : [...this.#generations];
    for (const generation of generations) {
      const within = this.#aboveFloor(selection);
      // It may have gone while others worked.
      if (!this.#generations.includes(generation) || !mayHold(generation, within)) continue;
      if (ask(generation, within) === false) return;
      await nextTurn();
    }
  }

  // What is known of generations is that of the failed change: it is read again.
  #change(work: () => void): void {
    try {
      this.#storage.change(work);
    } catch (error) {
      this.#generations = this.#storage.open();
      throw error;
    }
  }

  #aboveFloor(selection: Selection): Selection {
    return { ...selection, afterId: Math.max(selection.afterId ?? 0, this.#floor) };
  }

  #current(): Generation {
    const last = this.#generations.at(-1);
    if (last && !this.#isFull(last)) return last;
    this.#bytesBefore = this.#usedBytes();
    const created = this.#storage.create((last?.extent.lastId ?? this.#floor) + 1);
    this.#generations.push(created);
    return created;
  }

  #isFull({ extent }: Generation): boolean {
    return (
      extent.lastId + 1 - extent.firstId >= this.#generationSize ||
      this.#usedBytes() - this.#bytesBefore > this.#limits.maxBytes / GENERATIONS
    );
  }

  #usedBytes(): number {
    return this.#storage.usedBytes(this.#generations);
  }

  #retain(): void {
    const { maxRecords, maxBytes } = this.#limits;
    this.#raiseFloor(this.#nextId - 1 - maxRecords);
    while (this.#generations.length > 1 && this.#generations[0]!.extent.lastId <= this.#floor) {
      this.#dropOldest();
    }
    const { spans } = this.#storage;
    if (spans.count > maxRecords) spans.dropOldest(spans.count - maxRecords);
    while (this.#usedBytes() > maxBytes && (this.#generations.length > 1 || spans.count > 0)) {
      spans.dropOldest(Math.ceil(spans.count / GENERATIONS));
      if (this.#generations.length > 1) this.#dropOldest();
    }
  }

  #dropOldest(): void {
    const oldest = this.#generations.shift()!;
    this.#raiseFloor(oldest.extent.lastId);
    oldest.drop();
  }

  #raiseFloor(floor: number): void {
    if (floor <= this.#floor) return;
    this.droppedByRetention += floor - this.#floor;
    this.#floor = floor;
  }
}
