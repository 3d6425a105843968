/** What one kind of telemetry is called in the variables of OTLP exporters, and where it is posted. */
export interface OtlpSignal {
  /** `OTEL_EXPORTER_OTLP_<name>_ENDPOINT` and its like. */
  readonly name: 'LOGS' | 'METRICS' | 'TRACES';
  /** Appended to the endpoint of all signals. */
  readonly path: `/${string}`;
}

export const LOGS: OtlpSignal = { name: 'LOGS', path: '/v1/logs' };
export const METRICS: OtlpSignal = { name: 'METRICS', path: '/v1/metrics' };
export const TRACES: OtlpSignal = { name: 'TRACES', path: '/v1/traces' };
