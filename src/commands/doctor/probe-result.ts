/** What the probe says of its record. */
export interface ProbeResult {
  /** By the collector's own word. */
  readonly isDelivered: boolean;
  readonly tookMs: number;
}
