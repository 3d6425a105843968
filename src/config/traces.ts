// Spans of our own, where nobody else makes any: on unless switched off.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
import { TRACES } from '../otlp-signal.js';
import type { InstrumentationChoice } from '../tracing/instrumentations/targets.js';
import { readSignalUrl } from './endpoint.js';
import { choice, either, integer, type Reading, reject, text } from './values.js';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const PROPAGATORS = ['tracecontext', 'baggage', 'none'] as const;
const LIMIT = { least: 0, most: 2 ** 31 - 1 };

export type SamplerName = (typeof SAMPLERS)[number];

/** What the exporter thread has to know. */
export interface TracesDelivery {
  /** Where spans are posted to: an absolute http(s) URL. undefined: nowhere. */
  readonly url: string | undefined;
  /** How long a span may wait for neighbours. `OTEL_BSP_SCHEDULE_DELAY`, default 1000. */
  readonly lingerMs: number;
  /** `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`; by default batches are cut by bytes alone (Infinity). */
  readonly maxBatchSpans: number;
  /** `OTEL_REGISTER_TRACES=on`: somebody wants to know where they cannot be made, or delivered. */
  readonly isWanted: boolean;
}

export interface TracesConfig extends TracesDelivery {
  /** `OTEL_TRACES_SAMPLER`, default `parentbased_always_on`. */
  readonly sampler: SamplerName;
  /** `OTEL_TRACES_SAMPLER_ARG` of the samplers by ratio, default 1. */
  readonly ratio: number;
  /** Which of the application's own instrumentations may run. */
  readonly instrumentations: InstrumentationChoice;
  /** `OTEL_PROPAGATORS`, default both. */
  readonly hasTraceContext: boolean;
  readonly hasBaggage: boolean;
  /** `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`, default 128. */
  readonly maxSpanAttributes: number;
  /** `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, default 8192. */
  readonly maxSpanValueLength: number;
  /** `OTEL_SPAN_EVENT_COUNT_LIMIT`, default 128. */
  readonly maxSpanEvents: number;
  /** `OTEL_SPAN_LINK_COUNT_LIMIT`, default 128. */
  readonly maxSpanLinks: number;
}

/** undefined: no span is made. */
export function readTraces(reading: Reading): TracesConfig | undefined {
  const mode = choice(reading, 'OTEL_REGISTER_TRACES', {
    values: ['auto', 'on', 'off'],
    otherwise: 'auto',
  });
  if (mode === 'off' || !isExported(reading)) return undefined;
  return Object.freeze({
    url: isOfLogsAlone(reading) && mode === 'auto' ? undefined : readSignalUrl(reading, TRACES),
    isWanted: mode === 'on',
    ...readBatches(reading),
    ...readSampler(reading),
    instrumentations: readInstrumentations(reading),
    ...readPropagators(reading),
    ...readSpanLimits(reading),
  });
}

function isExported(reading: Reading): boolean {
  const name = 'OTEL_TRACES_EXPORTER';
  const names = listed(text(reading, name) ?? 'otlp');
  if (names.includes('none')) return false;
  if (names.some(each => each !== 'otlp')) {
    reject(reading, name, 'is not otlp or none; using otlp');
  }
  return true;
}

// Who names a place for logs, and none for spans, has none for them. Ids join the records of several
// programs all the same.
function isOfLogsAlone(reading: Reading): boolean {
  const isSet = (name: string) => text(reading, `OTEL_EXPORTER_OTLP_${name}ENDPOINT`) !== undefined;
  return isSet('LOGS_') && !isSet('') && !isSet('TRACES_');
}

function readBatches(reading: Reading) {
  return {
    lingerMs: integer(reading, 'OTEL_BSP_SCHEDULE_DELAY', {
      unit: 'milliseconds',
      least: 0,
      most: 3_600_000,
      otherwise: 1_000,
    }),
    maxBatchSpans: integer(reading, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', {
      unit: 'spans',
      least: 1,
      most: 1_000_000,
      otherwise: Number.POSITIVE_INFINITY,
    }),
  };
}

function readSampler(reading: Reading) {
  const sampler = choice(reading, 'OTEL_TRACES_SAMPLER', {
    values: SAMPLERS,
    otherwise: 'parentbased_always_on',
  });
  return { sampler, ratio: sampler.endsWith('ratio') ? readRatio(reading) : 1 };
}

// Names we do not know are not worth a line: each version of the collection has others.
function readInstrumentations(reading: Reading): InstrumentationChoice {
  const names = (name: string) => text(reading, `OTEL_NODE_${name}_INSTRUMENTATIONS`);
  const enabled = names('ENABLED');
  const disabled = names('DISABLED');
  return {
    enabled: enabled === undefined ? undefined : listed(enabled),
    disabled: disabled === undefined ? [] : listed(disabled),
  };
}

function readRatio(reading: Reading): number {
  const name = 'OTEL_TRACES_SAMPLER_ARG';
  const value = text(reading, name);
  if (value === undefined) return 1;

  const ratio = Number(value);
  if (ratio >= 0 && ratio <= 1) return ratio;
  reject(reading, name, 'is not a number from 0 to 1; using 1');
  return 1;
}

// Those we do not speak are left to an SDK of the program's own.
function readPropagators(reading: Reading) {
  const name = 'OTEL_PROPAGATORS';
  const names = listed(text(reading, name) ?? 'tracecontext,baggage');
  const isOff = names.includes('none');
  const unknown = names.filter(each => !PROPAGATORS.includes(each as never));
  if (unknown.length > 0) {
    const used = names.filter(each => !unknown.includes(each)).join(',') || 'none';
    reject(reading, name, `has others than ${either(PROPAGATORS)}; using ${used}`);
  }
  return {
    hasTraceContext: !isOff && names.includes('tracecontext'),
    hasBaggage: !isOff && names.includes('baggage'),
  };
}

function readSpanLimits(reading: Reading) {
  const count = (name: string, otherwise: number) =>
    integer(reading, name, { ...LIMIT, unit: 'attributes', otherwise });
  const length = (name: string, otherwise: number) =>
    integer(reading, name, { ...LIMIT, unit: 'characters', otherwise });
  return {
    maxSpanAttributes: count(
      'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
      count('OTEL_ATTRIBUTE_COUNT_LIMIT', 128),
    ),
    maxSpanValueLength: length(
      'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
      length('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 8192),
    ),
    maxSpanEvents: integer(reading, 'OTEL_SPAN_EVENT_COUNT_LIMIT', {
      ...LIMIT,
      unit: 'events',
      otherwise: 128,
    }),
    maxSpanLinks: integer(reading, 'OTEL_SPAN_LINK_COUNT_LIMIT', {
      ...LIMIT,
      unit: 'links',
      otherwise: 128,
    }),
  };
}

/** Names in a list, in lower case. */
export function listed(value: string): string[] {
  return value.split(',').map(name => name.trim().toLowerCase());
}
