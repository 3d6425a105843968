import type { Span } from '../span.js';
import type { Generation } from './generation.js';
import { MemoryGeneration } from './memory-generation.js';
import type { SpanStorage, Storage } from './storage.js';

export function createMemoryStorage(): Storage {
  const spans = new MemorySpans();
  return {
    kind: 'memory',
    open: () => [],
    spans,
    create: firstId => new MemoryGeneration(firstId),
    change: work => work(),
    usedBytes: (generations: readonly Generation[]) =>
      generations.reduce((sum, { bytes }) => sum + bytes, spans.bytes),
    close: () => {},
  };
}

/** Objects and ids of a span, as seen in heap snapshots. */
const BYTES_PER_SPAN = 500;

class MemorySpans implements SpanStorage {
  bytes = 0;
  #spans: Span[] = [];
  readonly #byTrace = new Map<string, Span[]>();

  get count(): number {
    return this.#spans.length;
  }

  add(spans: readonly Span[]): void {
    for (const span of spans) {
      this.#spans.push(span);
      const siblings = this.#byTrace.get(span.traceId);
      if (siblings) siblings.push(span);
      else this.#byTrace.set(span.traceId, [span]);
      this.bytes += sizeOf(span);
    }
  }

  ofTrace(traceId: string, limit: number): Span[] {
    return this.#byTrace.get(traceId)?.slice(0, limit) ?? [];
  }

  dropOldest(count: number): void {
    for (const span of this.#spans.slice(0, count)) {
      const siblings = this.#byTrace.get(span.traceId)!;
      // The oldest of all is the oldest of its trace.
      siblings.shift();
      if (siblings.length === 0) this.#byTrace.delete(span.traceId);
      this.bytes -= sizeOf(span);
    }
    this.#spans = this.#spans.slice(count);
  }
}

function sizeOf({ name, attributes }: Span): number {
  return BYTES_PER_SPAN + name.length + attributes.length;
}
