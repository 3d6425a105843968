import { mapDelete, mapGet, mapSet, newMap, visitMap } from '../convert/intrinsics.js';

interface Waiting<Call> {
  readonly info: object;
  readonly call: Call;
  next: Waiting<Call> | undefined;
}

interface Queue<Call> {
  first: Waiting<Call> | undefined;
  last: Waiting<Call>;
}

/** More than a transport that works lets wait. */
const MAX_WAITING = 10_000;

/**
 * Log calls that a logger keeps back, because a transport is slower than the program: winston formats
 * them when there is room again. In order, for an info may be logged several times.
 */
export class PendingCalls<Call> {
  /** By logger. */
  readonly #queues = newMap();
  #count = 0;

  add(logger: object, info: object, call: Call): void {
    const waiting: Waiting<Call> = { info, call, next: undefined };
    const queue = mapGet(this.#queues, logger) as Queue<Call> | undefined;
    if (queue === undefined) mapSet(this.#queues, logger, { first: waiting, last: waiting });
    else {
      queue.last.next = waiting;
      queue.last = waiting;
    }
    this.#count++;
  }

  /** The call of this info, if it waits. Those before it were dropped on the way. */
  take(logger: object, info: object): Call | undefined {
    const queue = mapGet(this.#queues, logger) as Queue<Call> | undefined;
    let waiting = queue?.first;
    let passed = 1;
    for (; waiting !== undefined && waiting.info !== info; waiting = waiting.next) passed++;
    if (queue === undefined || waiting === undefined) return undefined;
    this.#goOn(logger, queue, waiting);
    this.#count -= passed;
    return waiting.call;
  }

  /** The call that has waited longest in one of the loggers, if there are too many. */
  takeExcess(): Call | undefined {
    if (this.#count <= MAX_WAITING) return undefined;
    let call: Call | undefined;
    visitMap(this.#queues, (logger, entry) => {
      const queue = entry as Queue<Call>;
      const first = queue.first!;
      call = first.call;
      this.#goOn(logger, queue, first);
      this.#count--;
      return false;
    });
    return call;
  }

  #goOn(logger: unknown, queue: Queue<Call>, { next }: Waiting<Call>): void {
    queue.first = next;
    if (next === undefined) mapDelete(this.#queues, logger);
  }

  /** Lets go of all of them. */
  takeAll(visit: (call: Call) => void): void {
    this.#count = 0;
    visitMap(this.#queues, (logger, queue) => {
      mapDelete(this.#queues, logger);
      let waiting = (queue as Queue<Call>).first;
      for (; waiting !== undefined; waiting = waiting.next) visit(waiting.call);
      return true;
    });
  }
}
