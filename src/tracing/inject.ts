import type { Context, TextMapPropagator } from '@opentelemetry/api';

/**
 * Lets a trace go along with a request.
 *
 * @returns The header `baggage`, which is not for everybody: whoever knows whom it is for adds it.
 */
export function inject<Carrier>(
  { propagator, context }: { propagator: TextMapPropagator; context: Context },
  carrier: Carrier,
  set: (carrier: Carrier, name: string, value: string) => void,
): string | undefined {
  let baggage: string | undefined;
  propagator.inject(context, carrier, {
    set(_, name, value) {
      if (name === 'baggage') baggage = value;
      else set(carrier, name, value);
    },
  });
  return baggage;
}
