/** Variable by which the probe is told how long to wait. */
export const PROBE_TIMEOUT = 'OTEL_REGISTER_PROBE_TIMEOUT';

/** What the probe says of its record. */
export interface ProbeResult {
  /** By the collector's own word. */
  readonly isDelivered: boolean;
  readonly tookMs: number;
}
