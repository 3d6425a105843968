/** Ranges of positions, stream by stream. Ranges that follow each other are kept as one. */
export class Coverage {
  /** Ascending starts and ends in turn. */
  readonly #bounds = new Map<number, number[]>();

  get bounds(): ReadonlyMap<number, readonly number[]> {
    return this.#bounds;
  }

  add(stream: number, start: number, end: number): void {
    // A scope's entry stands nowhere.
    if (start < 0) return;
    const bounds = this.#bounds.get(stream);
    if (bounds === undefined) this.#bounds.set(stream, [start, end]);
    else if (bounds.at(-1) === start) bounds[bounds.length - 1] = end;
    else bounds.push(start, end);
  }

  addAll({ bounds }: { bounds: ReadonlyMap<number, readonly number[]> }): void {
    for (const [stream, list] of bounds) {
      for (let i = 0; i < list.length; i += 2) this.add(stream, list[i]!, list[i + 1]!);
    }
  }

  has(stream: number, position: number): boolean {
    const bounds = this.#bounds.get(stream) ?? [];
    for (let i = 0; i < bounds.length; i += 2) {
      if (position >= bounds[i]! && position < bounds[i + 1]!) return true;
    }
    return false;
  }
}
