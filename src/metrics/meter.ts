import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Temporality } from '../config/metrics.js';
import type { DeliveryCounts, Operation } from '../pipeline/delivery-counts.js';
import type { Outcome } from '../pipeline/retry.js';
import type { ResourceAttributes } from '../resource-detectors/host.js';
import { createInstruments } from './instruments.js';
import { OwnMetricExporter } from './own-metric-exporter.js';

/** What one export may take, all attempts together; each attempt has a timeout of its own. */
const MAX_EXPORT_MS = 30_000;

export interface MeterOptions {
  readonly attributes: ResourceAttributes;
  readonly startedAtUnixMs: number;
  readonly counts: DeliveryCounts;
  readonly logsUrl: string;
  readonly intervalMs: number;
  readonly temporality: Temporality;
  /** Never rejects. */
  send(body: Buffer): Promise<Outcome>;
}

export interface Meter {
  record(operation: Operation): void;
  /** Tells how it is now. */
  flush(): Promise<void>;
}

/**
 * OpenTelemetry's metrics SDK on our counts. A bundle of its own, for the exporter thread of those who
 * ask for it.
 */
export function createMeter(options: MeterOptions): Meter {
  const { attributes, intervalMs } = options;
  const reader = new PeriodicExportingMetricReader({
    exporter: new OwnMetricExporter(options),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(MAX_EXPORT_MS, intervalMs),
  });
  const resource = resourceFromAttributes(attributes as Record<string, string>);
  const provider = new MeterProvider({ resource, readers: [reader] });
  const record = createInstruments(provider, options.counts, options.logsUrl);
  return { record, flush: () => reader.forceFlush() };
}
