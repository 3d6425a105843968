import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import {
  AggregationTemporality,
  InstrumentType,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Temporality } from '../config/metrics.js';
import type { Outcome } from '../pipeline/retry.js';

type HrTime = [seconds: number, nanoseconds: number];

/** What has to be told of a time without a collector: an hour, at the default interval. */
const MAX_KEPT = 60;

/**
 * OTLP by our own HTTP attempt. It tells the SDK of success whatever happens: cumulative sums are told
 * again the next time, and differences are kept here until then.
 */
export class OwnMetricExporter implements PushMetricExporter {
  readonly #temporality: Temporality;
  readonly #send: (body: Buffer) => Promise<Outcome>;
  readonly #startedAt: HrTime;
  #collectedUntil: HrTime;
  #kept: Buffer[] = [];
  /** One after the other, although the SDK gives up waiting for one that takes too long. */
  #sent = Promise.resolve();

  constructor(options: {
    readonly temporality: Temporality;
    readonly startedAtUnixMs: number;
    send(body: Buffer): Promise<Outcome>;
  }) {
    this.#temporality = options.temporality;
    this.#send = options.send;
    const ms = options.startedAtUnixMs;
    this.#startedAt = [Math.trunc(ms / 1000), (ms % 1000) * 1e6];
    this.#collectedUntil = this.#startedAt;
  }

  export(metrics: ResourceMetrics, onResult: (result: { code: 0 }) => void): void {
    const body = ProtobufMetricsSerializer.serializeRequest(this.#sinceTheBeginning(metrics));
    this.#kept.push(Buffer.from(body!));
    this.#kept.splice(0, this.#kept.length - MAX_KEPT);
    this.#sent = this.#sent.then(() => this.#sendKept());
    void this.#sent.then(() => onResult({ code: 0 }));
  }

  // What only goes up and down has no difference worth telling.
  selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    const isDelta =
      this.#temporality === 'delta'
        ? type !== InstrumentType.OBSERVABLE_UP_DOWN_COUNTER
        : this.#temporality === 'lowmemory' && type === InstrumentType.HISTOGRAM;
    return isDelta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  async #sendKept(): Promise<void> {
    while (this.#kept.length > 0) {
      const outcome = await this.#send(this.#kept[0]!);
      if (outcome.kind === 'retryable') break;
      this.#kept.shift();
    }
    if (this.#temporality === 'cumulative') this.#kept = [];
  }

  // The SDK lets the sum of an observed counter begin when it was first observed, and so with nothing
  // that came before; ours have counted from the beginning.
  #sinceTheBeginning(metrics: ResourceMetrics): ResourceMetrics {
    const since = this.#collectedUntil;
    const scopeMetrics = metrics.scopeMetrics.map(({ scope, metrics: ofScope }) => ({
      scope,
      metrics: ofScope.map(metric => {
        const isDelta = metric.aggregationTemporality === AggregationTemporality.DELTA;
        const startTime = isDelta ? since : this.#startedAt;
        const dataPoints = metric.dataPoints.map(point => {
          this.#collectedUntil = point.endTime;
          return { ...point, startTime };
        });
        return { ...metric, dataPoints } as typeof metric;
      }),
    }));
    return { resource: metrics.resource, scopeMetrics };
  }
}
