import type { Entry } from './entry.js';
import type { Delivery } from './intake/read-request.js';
import type { Replays } from './replays.js';
import type { Store } from './store/store.js';

/** Requests of that time become one change of the database, which costs as much for one as for many. */
const GATHER_MS = 20;
const MAX_GATHERED = 2000;

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Stores what is delivered, some requests at a time, and then shows it. */
export class Writer {
  readonly #store: Store;
  readonly #replays: Replays;
  readonly #show: (entries: readonly Entry[]) => void;
  #waiting: Waiting[] = [];
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { store, replays }: { readonly store: Store; readonly replays: Replays },
    show: (entries: readonly Entry[]) => void,
  ) {
    this.#store = store;
    this.#replays = replays;
    this.#show = show;
  }

  /** Resolves when it is kept. */
  deliver(delivery: Delivery): Promise<void> {
    const { entries, spans } = delivery;
    if (entries.length + spans.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      this.#count += entries.length + spans.length;
      if (this.#count >= MAX_GATHERED) this.flush();
      else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    });
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#count = 0;
    if (waiting.length === 0) return;

    const entries = this.#replays.without(waiting.flatMap(({ delivery }) => delivery.entries));
    const spans = waiting.flatMap(({ delivery }) => delivery.spans);
    try {
      this.#store.add(entries, spans);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      return;
    }
    this.#replays.remember(entries);
    for (const { resolve } of waiting) resolve();
    this.#show(entries);
  }
}
