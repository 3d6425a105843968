/** A span that waits for the end of what it stands for. */
export interface OpenSpan {
  /** The process ends first. */
  endEarly(): void;
}

/** For `error.type`. */
export const PROCESS_ENDED = 'process_ended';

/** Those that would be lost with the process. */
export class OpenSpans {
  readonly #spans = new Set<OpenSpan>();

  add(span: OpenSpan): void {
    this.#spans.add(span);
  }

  delete(span: OpenSpan): void {
    this.#spans.delete(span);
  }

  endAll(): void {
    for (const span of this.#spans) span.endEarly();
    this.#spans.clear();
  }
}
