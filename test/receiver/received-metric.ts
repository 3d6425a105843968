import {
  type PlainFields,
  toPlainFields,
  toSigned,
  toUnsigned,
} from '../../src/receiver/any-value.js';
import { type ReceivedScope, toScope } from '../../src/receiver/received-log.js';
import {
  readMetricsRequest,
  type WireHistogramPoint,
  type WireMetric,
  type WireNumberPoint,
} from './metrics-messages.js';

/** One metric of one request, without exemplars and buckets. */
export interface ReceivedMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'sum' | 'histogram';
  /** `unspecified` for a gauge. */
  readonly temporality: 'unspecified' | 'delta' | 'cumulative';
  readonly isMonotonic: boolean;
  readonly points: readonly ReceivedPoint[];
  readonly scope: ReceivedScope;
  readonly resource: PlainFields;
}

export interface ReceivedPoint {
  readonly attributes: PlainFields;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** Of a histogram: the sum of what it counted. */
  readonly value: number;
  /** Of a histogram: how much it counted. */
  readonly count: number | undefined;
}

const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;

/** Throws if the bytes are not an `ExportMetricsServiceRequest`. Other kinds of metrics are left out. */
export function decodeMetrics(body: Uint8Array): ReceivedMetric[] {
  const received: ReceivedMetric[] = [];
  for (const { resource: wireResource, scopeMetrics } of readMetricsRequest(body).resourceMetrics) {
    const resource = toPlainFields(wireResource?.attributes ?? []);
    for (const { scope: wireScope, metrics } of scopeMetrics) {
      const scope = toScope(wireScope);
      for (const metric of metrics) {
        const data = toData(metric);
        if (data === undefined) continue;
        const { name, description, unit } = metric;
        received.push({ name, description, unit, ...data, scope, resource });
      }
    }
  }
  return received;
}

function toData({ gauge, sum, histogram }: WireMetric) {
  if (sum) {
    const { isMonotonic, dataPoints } = sum;
    const temporality = TEMPORALITIES[sum.aggregationTemporality] ?? 'unspecified';
    return { kind: 'sum', temporality, isMonotonic, points: dataPoints.map(toNumber) } as const;
  }
  if (histogram) {
    const temporality = TEMPORALITIES[histogram.aggregationTemporality] ?? 'unspecified';
    const points = histogram.dataPoints.map(toHistogram);
    return { kind: 'histogram', temporality, isMonotonic: false, points } as const;
  }
  if (!gauge) return undefined;
  const points = gauge.dataPoints.map(toNumber);
  return { kind: 'gauge', temporality: 'unspecified', isMonotonic: false, points } as const;
}

function toNumber(point: WireNumberPoint): ReceivedPoint {
  const { asInt, asDouble } = point;
  const isInt = Object.hasOwn(point, 'asInt') && asInt !== undefined;
  return { ...common(point), value: isInt ? Number(toSigned(asInt)) : asDouble, count: undefined };
}

function toHistogram(point: WireHistogramPoint): ReceivedPoint {
  return { ...common(point), value: point.sum, count: Number(toUnsigned(point.count)) };
}

function common(point: WireNumberPoint | WireHistogramPoint) {
  return {
    attributes: toPlainFields(point.attributes),
    startTimeUnixNano: toUnsigned(point.startTimeUnixNano),
    timeUnixNano: toUnsigned(point.timeUnixNano),
  };
}
