import { monotonicMs } from './clock.js';
import { backoffMs, type Outcome } from './retry.js';

/** Since when the collector has taken nothing, and when it is asked again. */
export class Outage {
  #failures = 0;
  #sinceMs = 0;
  #retryAtMs = 0;

  get isOn(): boolean {
    return this.#failures > 0;
  }

  /** When the first attempt that failed began. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** 0 for at once. */
  get retryAtMs(): number {
    return this.#retryAtMs;
  }

  failed({ retryAfterMs = 0 }: Outcome & { kind: 'retryable' }, startedAtMs: number): void {
    if (!this.isOn) this.#sinceMs = startedAtMs;
    this.#failures++;
    this.#retryAtMs = monotonicMs() + Math.max(retryAfterMs, backoffMs(this.#failures));
  }

  end(): void {
    this.#failures = 0;
    this.#retryAtMs = 0;
  }
}
