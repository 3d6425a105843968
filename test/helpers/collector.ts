import { createReceiver, type Receiver, type ReceiverOptions } from '../receiver/receiver.js';

/** What a program needs in its environment to send its logs there. */
export function endpointOf(collector: Receiver): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
}

/**
 * A test with a collector of its own, closed after it:
 * `test('…', withCollector(async collector => { … }))`.
 */
export function withCollector(
  run: (collector: Receiver) => Promise<void>,
  options?: ReceiverOptions,
): () => Promise<void> {
  return async () => {
    const collector = await createReceiver(options);
    try {
      await run(collector);
    } finally {
      await collector.close();
    }
  };
}
