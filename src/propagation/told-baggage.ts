/** Of all that is remembered, in UTF-16 units: some thousand requests, more than are copied at a time. */
const MAX_LENGTH = 1_048_576;

/**
 * Headers `baggage` that we wrote, or that a peer sent. A program may copy one to a request of its
 * own: superagent does as it follows a redirect, and a reverse proxy as it passes a request on. What
 * is for peers alone must not get to a stranger that way.
 */
export class ToldBaggage {
  readonly #left = new Map<string, string>();
  #length = 0;

  get isEmpty(): boolean {
    return this.#left.size === 0;
  }

  /** @param given What there is of it besides log context. */
  remember(header: string, given: string): void {
    if (this.#left.has(header)) return;
    const left = this.withoutOurs(given);
    this.#left.set(header, left);
    this.#length += header.length + left.length;
    for (const [oldest, itsLeft] of this.#left) {
      if (this.#length <= MAX_LENGTH) return;
      this.#left.delete(oldest);
      this.#length -= oldest.length + itsLeft.length;
    }
  }

  /** What a stranger may see of it. */
  withoutOurs(header: string): string {
    return this.#left.get(header) ?? header;
  }
}
