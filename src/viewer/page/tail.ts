import type { LiveBatch, RecordsPage, ViewedRecord } from '../api.js';
import { millisecondsOf } from './format.js';
import { openLiveStream } from './live-stream.js';
import { RateMeter } from './rate-meter.js';
import { ascending, type Gap, MAX_ROWS, RecordWindow } from './record-window.js';
import { fetchRecords, liveUrl, type PageRequest, type Query } from './requests.js';

export type Connection = 'connecting' | 'live' | 'lost' | 'off';

const PAGE_RECORDS = 500;

/**
 * The records a page looks at: the newest of them, joined by live ones, or a window further back that
 * grows at both of its ends as somebody reads on.
 */
export class Tail {
  readonly window = new RecordWindow();
  readonly rate = new RateMeter();
  connection: Connection = 'connecting';
  isFollowing = true;
  isPaused = false;
  /** Arrived since nobody looks at the newest. */
  unseen = 0;
  hasOlder = false;
  /** Whether there are records behind the last row that are not here. */
  hasNewer = false;
  isLoading = true;
  trouble: string | null = null;

  readonly #changed: () => void;
  // The last five minutes are others with every second.
  #queryNow: () => Query = () => ({ filter: '', fromMs: undefined, toMs: undefined });
  #close = () => {};
  // Answers to what was asked before the last open() are nobody's any more.
  #opened = 0;
  // Batches that arrive while the page they continue is under way.
  #held: LiveBatch[] | null = null;
  #isPaging = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** With `around`, opens where that record is instead of at the end. */
  open(queryNow: () => Query, isLive: boolean, around: number | null): void {
    this.close();
    this.#queryNow = queryNow;
    this.window.reset();
    this.connection = isLive ? 'connecting' : 'off';
    this.isFollowing = around === null && isLive;
    this.isPaused = false;
    this.#forget();
    this.hasNewer = around !== null;
    this.isLoading = true;
    if (around !== null) void this.#loadAround(around);
    else void this.#loadNewest();
    if (isLive) this.#listen();
    this.#changed();
  }

  close(): void {
    this.#opened++;
    this.#held = null;
    this.#isPaging = false;
    this.#close();
    this.#close = () => {};
  }

  /** To the newest, and along with them. */
  follow(): void {
    const isBehind = this.hasNewer || this.isPaused;
    this.isFollowing = true;
    this.isPaused = false;
    this.unseen = 0;
    if (isBehind) void this.#loadNewest();
    else this.window.trimOldest();
    this.#leaveOld();
    this.#changed();
  }

  /** What has become too old for the range goes, but not from under somebody who reads. */
  expire(): void {
    if (this.isFollowing && this.#leaveOld()) this.#changed();
  }

  stopFollowing(): void {
    if (!this.isFollowing) return;
    this.isFollowing = false;
    this.#changed();
  }

  togglePause(): void {
    if (this.isPaused) {
      this.follow();
      return;
    }
    this.isPaused = true;
    this.isFollowing = false;
    this.#changed();
  }

  async loadOlder(): Promise<void> {
    if (!this.hasOlder) return;
    await this.#page({ before: this.window.firstId }, ({ hasMore }, records) => {
      this.window.prepend(records);
      this.hasOlder = hasMore;
      if (this.window.trimNewest()) this.hasNewer = true;
    });
  }

  async loadNewer(): Promise<void> {
    if (!this.hasNewer || this.isPaused) return;
    await this.#page({ after: Math.floor(this.window.lastId) }, ({ hasMore }, records) => {
      this.window.append(records);
      this.hasNewer = hasMore;
      if (!hasMore) this.unseen = 0;
      if (this.window.trimOldest()) this.hasOlder = true;
    });
  }

  async fill(gap: Gap): Promise<void> {
    this.stopFollowing();
    const between = { before: Math.ceil(gap.id), after: this.window.idBefore(gap) };
    await this.#page(between, ({ hasMore }, records) => {
      this.window.fill(gap, records, hasMore);
    });
  }

  #listen(): void {
    this.#close = openLiveStream(liveUrl(this.#queryNow().filter), {
      opened: isFirst => {
        this.connection = 'live';
        // What arrived before was not sent, and may not be on the page that was read first.
        if (!isFirst || !this.hasNewer) void this.#loadNewest();
        this.#changed();
      },
      batch: batch => {
        this.rate.add(batch.records.length + batch.skipped);
        if (this.#held) this.#held.push(batch);
        else this.#take(batch);
        this.#changed();
      },
      cleared: () => {
        this.window.reset();
        this.#forget();
        this.#changed();
      },
      lost: () => {
        this.connection = 'lost';
        this.#changed();
      },
    });
  }

  #forget(): void {
    this.unseen = 0;
    this.hasOlder = false;
    this.hasNewer = false;
    this.trouble = null;
  }

  #leaveOld(): boolean {
    const { fromMs } = this.#queryNow();
    return fromMs !== undefined && this.window.leaveBefore(fromMs);
  }

  #take({ records: arrived, skipped }: LiveBatch): void {
    // A stream has no range: a spool may deliver what happened hours ago.
    const { fromMs = 0 } = this.#queryNow();
    const records = arrived.filter(({ timeUnixNano }) => millisecondsOf(timeUnixNano) >= fromMs);
    const isFull = !this.isFollowing && this.window.rows.length >= MAX_ROWS;
    if (this.isPaused || this.hasNewer || isFull) {
      this.hasNewer = true;
      this.unseen += this.window.hear(ascending(records)) + skipped;
      return;
    }
    const added = this.window.append(ascending(records), skipped);
    if (!this.isFollowing) this.unseen += added + skipped;
    else if (this.window.trimOldest()) this.hasOlder = true;
  }

  // Both the first page and what was missed while the connection was lost.
  async #loadNewest(): Promise<void> {
    const opened = this.#opened;
    this.#held ??= [];
    await this.#request({ limit: PAGE_RECORDS }, (page, records) => {
      this.#join(page, records);
      const held = this.#held ?? [];
      this.#held = null;
      for (const batch of held) this.#take(batch);
    });
    if (this.#held === null || opened !== this.#opened) return;
    // Not answered: what was held would have a hole in front of it.
    this.#held = null;
    this.hasNewer = true;
  }

  #join({ hasMore }: RecordsPage, records: readonly ViewedRecord[]): void {
    const first = records[0];
    const isJoined = !hasMore || (first !== undefined && first.id <= this.window.lastId);
    if (isJoined && !this.isPaused && !this.hasNewer && this.window.rows.length > 0) {
      const added = this.window.append(records);
      if (!this.isFollowing) this.unseen += added;
      return;
    }
    if (this.isFollowing || this.window.rows.length === 0) {
      this.window.reset(records);
      this.hasOlder = hasMore;
      this.hasNewer = false;
      return;
    }
    this.hasNewer = true;
    this.unseen += this.window.hear(records);
  }

  async #loadAround(id: number): Promise<void> {
    await this.#request({ before: id + 1, limit: PAGE_RECORDS }, (page, records) => {
      this.window.reset(records);
      this.hasOlder = page.hasMore;
      this.hasNewer = true;
    });
    await this.loadNewer();
  }

  async #page(cursor: { before?: number; after?: number }, take: Take): Promise<void> {
    if (this.#isPaging) return;
    this.#isPaging = true;
    await this.#request({ ...cursor, limit: PAGE_RECORDS }, take);
    this.#isPaging = false;
  }

  async #request(cursor: Cursor, take: Take): Promise<void> {
    const opened = this.#opened;
    try {
      const page = await fetchRecords({ ...this.#queryNow(), ...cursor });
      if (opened !== this.#opened) return;
      take(page, ascending(page.records));
      this.trouble = null;
    } catch (error) {
      if (opened !== this.#opened) return;
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.isLoading = false;
    this.#changed();
  }
}

type Cursor = Omit<PageRequest, keyof Query>;
type Take = (page: RecordsPage, records: readonly ViewedRecord[]) => void;
