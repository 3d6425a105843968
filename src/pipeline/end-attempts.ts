import { monotonicMs } from './clock.js';
import { isEnding } from './flush.js';
import type { Outage } from './outage.js';
import type { Queue } from './queue.js';
import type { Outcome } from './retry.js';
import type { Sender } from './send.js';

/** A collector known to be away gets one more chance of this length. */
const LAST_CHANCE_MS = 40;
/** So long an end waits for the answer to what is not ours. */
const OTHERS_MS = 250;
/** As a request: without records. */
const NOTHING = Buffer.alloc(0);

type Kept = Pick<Queue, 'addedRecords' | 'isSpooled'>;

/** What is different about attempts when the process ends. */
export class EndAttempts {
  readonly #control: Int32Array;
  readonly #sender: Pick<Sender, 'send' | 'hurry'>;
  readonly #outage: Outage;
  /** Records there were when an attempt failed of a process that was ending. */
  #triedRecords = -1;

  constructor(control: Int32Array, sender: Pick<Sender, 'send' | 'hurry'>, outage: Outage) {
    this.#control = control;
    this.#sender = sender;
    this.#outage = outage;
  }

  /** To be called again and again while an attempt is under way. @param isReplay It is not ours. */
  hurry(isReplay: boolean): void {
    if (this.#isLastChance) this.#sender.hurry(LAST_CHANCE_MS);
    else if (isReplay && isEnding(this.#control)) this.#sender.hurry(OTHERS_MS);
  }

  /**
   * Whoever hangs up never hears whether its records were taken, and a busy collector takes them
   * later. So what would be sent once more from the disk goes to one who has answered.
   */
  async send(body: Buffer, { isSpooled }: Kept): Promise<Outcome> {
    if (!this.#isLastChance) return this.#sender.send(body);
    if (!isSpooled) return this.#sender.send(body, LAST_CHANCE_MS);
    const answer = await this.#sender.send(NOTHING, LAST_CHANCE_MS);
    if (answer.kind === 'retryable') return answer;
    this.#outage.end();
    return this.#sender.send(body);
  }

  failed({ addedRecords }: Kept): void {
    if (isEnding(this.#control)) this.#triedRecords = addedRecords;
  }

  /** One end waits more than once: nobody need be asked again for what has just failed. */
  hasTried({ addedRecords, isSpooled }: Kept): boolean {
    if (!isSpooled || !this.#isLastChance || addedRecords !== this.#triedRecords) return false;
    return monotonicMs() < this.#outage.retryAtMs;
  }

  // The collector is known to be away, and there is no time to wait until it is back.
  get #isLastChance(): boolean {
    return this.#outage.isOn && isEnding(this.#control);
  }
}
