import { mapDelete, mapGet, mapSet, newMap, visitMap } from '../convert/intrinsics.js';

/** What waits for the same info to come through, in the order of the calls. */
interface Waiting<Call> {
  readonly call: Call;
  next: Waiting<Call> | undefined;
}

/**
 * Log calls that a logger keeps back, because a transport is slower than the program: winston formats
 * them when there is room again. In order, by the info of each.
 */
export class PendingCalls<Call> {
  /** By logger: its calls by their info. */
  readonly #byLogger = newMap();

  add(logger: object, info: object, call: Call): void {
    let calls = mapGet(this.#byLogger, logger) as Map<unknown, unknown> | undefined;
    if (calls === undefined) {
      calls = newMap();
      mapSet(this.#byLogger, logger, calls);
    }
    const waiting: Waiting<Call> = { call, next: undefined };
    const first = mapGet(calls, info) as Waiting<Call> | undefined;
    if (first === undefined) mapSet(calls, info, waiting);
    else lastOf(first).next = waiting;
  }

  /** The call of this info, if it waits. Those before it were dropped on the way. */
  take(logger: object, info: object): Call | undefined {
    const calls = mapGet(this.#byLogger, logger) as Map<unknown, unknown> | undefined;
    const waiting = calls && (mapGet(calls, info) as Waiting<Call> | undefined);
    if (calls === undefined || waiting === undefined) return undefined;
    visitMap(calls, earlier => {
      if (earlier === info) return false;
      mapDelete(calls, earlier);
      return true;
    });
    mapDelete(calls, info);
    if (waiting.next !== undefined) mapSet(calls, info, waiting.next);
    if (calls.size === 0) mapDelete(this.#byLogger, logger);
    return waiting.call;
  }

  /** Lets go of all of them. */
  takeAll(visit: (call: Call) => void): void {
    visitMap(this.#byLogger, (logger, calls) => {
      mapDelete(this.#byLogger, logger);
      visitMap(calls as Map<unknown, unknown>, (_, first) => {
        let waiting = first as Waiting<Call> | undefined;
        for (; waiting !== undefined; waiting = waiting.next) visit(waiting.call);
        return true;
      });
      return true;
    });
  }
}

function lastOf<Call>(waiting: Waiting<Call>): Waiting<Call> {
  let last = waiting;
  while (last.next !== undefined) last = last.next;
  return last;
}
