// Metrics about ourselves. The specification's default is `otlp`; ours is to send none, for nobody who
// asked for logs asked for them.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#periodic-exporting-metricreader
import { METRICS } from '../otlp-signal.js';
import { readSignalUrl } from './endpoint.js';
import { choice, integer, type Reading, reject, text } from './values.js';

const TEMPORALITIES = ['cumulative', 'delta', 'lowmemory'] as const;

/** How sums are told: since the beginning, or since the last time. */
export type Temporality = (typeof TEMPORALITIES)[number];

export interface MetricsConfig {
  /** Where they are posted to: an absolute http(s) URL. */
  readonly url: string;
  /** `OTEL_METRIC_EXPORT_INTERVAL`, default 60000. */
  readonly intervalMs: number;
  /** `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`, default `cumulative`. */
  readonly temporality: Temporality;
}

/** undefined: none are sent. */
export function readMetrics(reading: Reading): MetricsConfig | undefined {
  if (!isOn(reading)) return undefined;
  return Object.freeze({
    url: readSignalUrl(reading, METRICS),
    intervalMs: integer(reading, 'OTEL_METRIC_EXPORT_INTERVAL', {
      unit: 'milliseconds',
      least: 100,
      most: 3_600_000,
      otherwise: 60_000,
    }),
    temporality: choice(reading, 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', {
      values: TEMPORALITIES,
      otherwise: 'cumulative',
    }),
  });
}

function isOn(reading: Reading): boolean {
  const name = 'OTEL_METRICS_EXPORTER';
  const exporters = text(reading, name) ?? 'none';
  const names = exporters.split(',').map(each => each.trim().toLowerCase());
  if (names.includes('none')) return false;

  const used = names.includes('otlp') ? 'otlp' : 'none';
  if (names.some(each => each !== 'otlp')) {
    reject(reading, name, `is not otlp or none; using ${used}`);
  }
  return used === 'otlp';
}
