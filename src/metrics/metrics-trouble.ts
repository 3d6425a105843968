import { monotonicMs } from '../pipeline/clock.js';
import type { Outcome } from '../pipeline/retry.js';
import { say } from '../self-report.js';

/** Trouble shorter than this is a restart of the collector, and nobody's concern. */
const SILENT_TROUBLE_MS = 10_000;

/** What is told of metrics that do not arrive: one line, whatever goes wrong. */
export class MetricsTrouble {
  readonly #place: string;
  readonly #nowMs: () => number;
  #failingSinceMs: number | undefined;

  /** @param url Of the collector; its credentials are not repeated. */
  constructor(url: string, nowMs: () => number = monotonicMs) {
    this.#nowMs = nowMs;
    const { origin, pathname } = new URL(url);
    this.#place = `${origin}${pathname}`;
  }

  /** It did not answer the last time. */
  get isAway(): boolean {
    return this.#failingSinceMs !== undefined;
  }

  note(outcome: Outcome): void {
    if (outcome.kind !== 'retryable') this.#failingSinceMs = undefined;
    if (outcome.kind === 'refused') this.#say(`refused by ${this.#place} (${outcome.reason})`);
    if (outcome.kind === 'accepted' && outcome.rejectedRecords > 0) {
      this.#say(`rejected in part by ${this.#place} (${outcome.message || 'no reason given'})`);
    }
    if (outcome.kind !== 'retryable') return;
    this.#failingSinceMs ??= this.#nowMs();
    if (this.#nowMs() - this.#failingSinceMs < SILENT_TROUBLE_MS) return;
    this.#say(`not answered by ${this.#place} (${outcome.reason}); they are tried again`);
  }

  #say(what: string): void {
    say('metrics-trouble', `Metrics about ourselves are ${what}.`);
  }
}
