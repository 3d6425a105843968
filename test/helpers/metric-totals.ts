import type { ReceivedMetric, ReceivedPoint } from '../receiver/received-metric.js';

type Wanted = Readonly<Record<string, unknown>>;

/** What cumulative metrics have come to, as they were told last. */
export class MetricTotals {
  readonly #points = new Map<string, { name: string; point: ReceivedPoint }>();

  constructor(metrics: readonly ReceivedMetric[]) {
    for (const { name, points } of metrics) {
      for (const point of points) {
        this.#points.set(name + JSON.stringify(point.attributes), { name, point });
      }
    }
  }

  /** Points of that metric that have these attributes, among others; undefined: not that one. */
  points(name: string, wanted: Wanted = {}): readonly ReceivedPoint[] {
    return [...this.#points.values()]
      .filter(each => each.name === name && has(each.point.attributes, wanted))
      .map(({ point }) => point);
  }

  /** Of all those points together. */
  sum(name: string, wanted: Wanted = {}): number {
    return this.points(name, wanted).reduce((sum, { value }) => sum + value, 0);
  }

  /** Severity to records, of what failed for that reason. */
  bySeverity(name: string, errorType: string): Record<string, number> {
    const points = this.points(name, { 'error.type': errorType });
    return Object.fromEntries(
      points.map(({ attributes, value }) => [
        String(attributes['otel_register.severity'] ?? 'unknown'),
        value,
      ]),
    );
  }
}

function has(attributes: ReceivedPoint['attributes'], wanted: Wanted): boolean {
  return Object.entries(wanted).every(([key, value]) => attributes[key] === value);
}
