import type { Attributes, BatchObservableResult } from '@opentelemetry/api';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import { packageVersion } from '../package-version.js';
import type {
  DeliveryCounts,
  ExportCounts,
  Failures,
  Operation,
} from '../pipeline/delivery-counts.js';
import { UNKNOWN_LEVEL } from '../pipeline/severity-tally.js';

// Names, units and attributes of the semantic conventions for SDKs that observe themselves.
// https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/

const RECORDS = { unit: '{log_record}' };
const PROCESSOR = component('batching_log_processor', '0');
const EXPORTER = 'otlp_http_log_exporter';
/** Beyond the conventions, and only beside an `error.type`. */
const SEVERITY = 'otel_register.severity';

/** @returns What is to be called for each operation. */
export function createInstruments(
  provider: MeterProvider,
  counts: DeliveryCounts,
  logsUrl: string,
): (operation: Operation) => void {
  const meter = provider.getMeter('@emp/otel-register', packageVersion);
  const instruments = createAll(meter);
  const server = serverOf(logsUrl);
  const own = { ...component(EXPORTER, '0'), ...server };
  const replay = { ...component(EXPORTER, 'replay'), ...server };
  const { duration, ...observed } = instruments;
  const observe = (result: BatchObservableResult) => {
    observeProcessor(result, instruments, counts);
    observeExporter(result, instruments, counts.own, own);
    if (counts.replayed.givenRecords > 0) {
      observeExporter(result, instruments, counts.replayed, replay);
    }
  };
  meter.addBatchObservableCallback(observe, Object.values(observed));
  return ({ isReplayed, durationMs, errorType, status }) => {
    duration.record(durationMs / 1000, {
      ...(isReplayed ? replay : own),
      ...(errorType !== undefined && { 'error.type': errorType }),
      ...(status !== undefined && { 'http.response.status_code': status }),
    });
  };
}

function createAll(meter: ReturnType<MeterProvider['getMeter']>) {
  return {
    created: meter.createObservableCounter('otel.sdk.log.created', {
      ...RECORDS,
      description: 'Log records taken from the threads of the program.',
    }),
    processed: meter.createObservableCounter('otel.sdk.processor.log.processed', {
      ...RECORDS,
      description: 'Log records given to the exporter, or dropped before.',
    }),
    queueSize: meter.createObservableUpDownCounter('otel.sdk.processor.log.queue.size', {
      ...RECORDS,
      description: 'Log records that wait in memory and on disk.',
    }),
    inflight: meter.createObservableUpDownCounter('otel.sdk.exporter.log.inflight', {
      ...RECORDS,
      description: 'Log records given to the exporter that are neither exported nor given up.',
    }),
    exported: meter.createObservableCounter('otel.sdk.exporter.log.exported', {
      ...RECORDS,
      description: 'Log records that the collector accepted, or that were given up.',
    }),
    duration: meter.createHistogram('otel.sdk.exporter.operation.duration', {
      unit: 's',
      description: 'How long a batch took, from its first attempt to its last.',
      // As the conventions advise: count and sum alone.
      advice: { explicitBucketBoundaries: [] },
    }),
  };
}

type Instruments = ReturnType<typeof createAll>;

function observeProcessor(
  result: BatchObservableResult,
  { created, processed, queueSize }: Instruments,
  counts: DeliveryCounts,
): void {
  result.observe(created, counts.createdRecords);
  result.observe(queueSize, counts.queue.waitingRecords, PROCESSOR);
  result.observe(processed, counts.own.givenRecords, PROCESSOR);
  for (const [attributes, records] of failed(counts.drops)) {
    result.observe(processed, records, { ...PROCESSOR, ...attributes });
  }
}

function observeExporter(
  result: BatchObservableResult,
  { inflight, exported }: Instruments,
  { inflightRecords, exportedRecords, failures }: ExportCounts,
  exporter: Attributes,
): void {
  result.observe(inflight, inflightRecords, exporter);
  result.observe(exported, exportedRecords, exporter);
  for (const [attributes, records] of failed(failures)) {
    result.observe(exported, records, { ...exporter, ...attributes });
  }
}

function* failed(failures: Failures): Iterable<[Attributes, number]> {
  for (const [errorType, { counts }] of failures) {
    for (const [level, records] of counts) {
      const severity = level === UNKNOWN_LEVEL ? {} : { [SEVERITY]: level };
      yield [{ 'error.type': errorType, ...severity }, records];
    }
  }
}

function component(type: string, instance: string): Attributes {
  return { 'otel.component.type': type, 'otel.component.name': `${type}/${instance}` };
}

function serverOf(url: string): Attributes {
  const { protocol, hostname, port } = new URL(url);
  return {
    'server.address': hostname.replace(/^\[|\]$/g, ''),
    'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}
