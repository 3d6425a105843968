import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { hasOwn } from '../convert/intrinsics.js';
import type { PartsOptions } from './create-parts.js';
import { fromSdkSpan } from './sdk-span.js';

/** Ends in our pipeline instead of an exporter: when a span has ended, it is out of this thread's hands. */
export class RecordingProcessor implements SpanProcessor {
  readonly #options: PartsOptions;

  constructor(options: PartsOptions) {
    this.#options = options;
  }

  // What is bound to the records of a job is bound to its spans.
  onStart(span: Span): void {
    const fields = this.#options.context.current();
    for (let i = 0; fields !== undefined && i < fields.keys.length; i++) {
      const key = fields.keys[i]!;
      if (!hasOwn(span.attributes, key)) span.setAttribute(key, fields.values[i] as string);
    }
  }

  onEnd(span: ReadableSpan): void {
    const { config, spans, isOn } = this.#options;
    if (config.url === undefined || !isOn()) return;
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    try {
      spans.write(fromSdkSpan(span, config));
    } catch {
      // A span that cannot be read must not end the application.
    }
  }

  // Nothing is held here.
  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
