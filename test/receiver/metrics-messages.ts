import {
  messageType,
  type WireKeyValue,
  type WireLong,
  type WireResource,
  type WireScope,
} from '../../src/receiver/otlp-messages.js';

export interface WireNumberPoint {
  readonly startTimeUnixNano: WireLong;
  readonly timeUnixNano: WireLong;
  readonly asDouble: number;
  readonly asInt?: WireLong;
  readonly attributes: readonly WireKeyValue[];
}

export interface WireHistogramPoint {
  readonly startTimeUnixNano: WireLong;
  readonly timeUnixNano: WireLong;
  readonly count: WireLong;
  readonly sum: number;
  readonly attributes: readonly WireKeyValue[];
}

export interface WireMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge?: { readonly dataPoints: readonly WireNumberPoint[] } | null;
  readonly sum?: {
    readonly dataPoints: readonly WireNumberPoint[];
    readonly aggregationTemporality: number;
    readonly isMonotonic: boolean;
  } | null;
  readonly histogram?: {
    readonly dataPoints: readonly WireHistogramPoint[];
    readonly aggregationTemporality: number;
  } | null;
}

export interface WireMetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource?: WireResource | null;
    readonly scopeMetrics: readonly {
      readonly scope?: WireScope | null;
      readonly metrics: readonly WireMetric[];
    }[];
  }[];
}

const metricsRequest = messageType('ExportMetricsServiceRequest');

/** Throws if the bytes are not such a message. */
export function readMetricsRequest(body: Uint8Array): WireMetricsRequest {
  return metricsRequest.decode(body) as unknown as WireMetricsRequest;
}
