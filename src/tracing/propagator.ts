import type { TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import type { TracesConfig } from '../config/traces.js';

/** `traceparent`, `tracestate` and `baggage`, as asked for. */
export function createPropagator({
  hasTraceContext,
  hasBaggage,
}: Pick<TracesConfig, 'hasTraceContext' | 'hasBaggage'>): TextMapPropagator {
  return new CompositePropagator({
    propagators: [
      ...(hasTraceContext ? [new W3CTraceContextPropagator()] : []),
      ...(hasBaggage ? [new W3CBaggagePropagator()] : []),
    ],
  });
}
