import type { Outcome } from './retry.js';
import type { Sender } from './send.js';

/** No such path, or nothing but logs there. */
const UNSERVED_STATUSES: ReadonlySet<number | undefined> = new Set([404, 405, 415, 501]);
/** Then it is asked again: it may have been upgraded. */
const ASK_AGAIN_MS = 10 * 60_000;

/**
 * A sender of what nobody asked for: a collector that takes logs alone is not told of every span, and
 * nobody hears that they were dropped.
 */
export class UnservedSender {
  readonly #sender: Pick<Sender, 'url' | 'send' | 'hurry'>;
  readonly #nowMs: () => number;
  #quietUntilMs = 0;

  constructor(sender: Pick<Sender, 'url' | 'send' | 'hurry'>, nowMs: () => number) {
    this.#sender = sender;
    this.#nowMs = nowMs;
  }

  get url(): string {
    return this.#sender.url;
  }

  async send(body: Buffer, timeoutMs?: number): Promise<Outcome> {
    if (this.#nowMs() < this.#quietUntilMs) return TAKEN;
    const outcome = await this.#sender.send(body, timeoutMs);
    if (outcome.kind !== 'refused' || !UNSERVED_STATUSES.has(outcome.status)) return outcome;
    this.#quietUntilMs = this.#nowMs() + ASK_AGAIN_MS;
    return TAKEN;
  }

  hurry(timeoutMs: number): void {
    this.#sender.hurry(timeoutMs);
  }
}

const TAKEN: Outcome = { kind: 'accepted', rejectedRecords: 0, message: '' };
