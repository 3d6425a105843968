const WINDOW_MS = 3000;

/** How many a second, over the last three. */
export class RateMeter {
  #arrivals: { readonly atMs: number; readonly count: number }[] = [];

  add(count: number): void {
    this.#arrivals.push({ atMs: performance.now(), count });
    this.#forget();
  }

  perSecond(): number {
    this.#forget();
    const total = this.#arrivals.reduce((sum, { count }) => sum + count, 0);
    return Math.round((total * 1000) / WINDOW_MS);
  }

  #forget(): void {
    const since = performance.now() - WINDOW_MS;
    const first = this.#arrivals.findIndex(({ atMs }) => atMs >= since);
    this.#arrivals.splice(0, first < 0 ? this.#arrivals.length : first);
  }
}
