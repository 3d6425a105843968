import { CARRIER_FIELD, type Carrier } from '../propagation/carrier.js';

/** Beyond it a payload is sent as it is: it would have to be read in full. */
const MAX_LENGTH = 256 * 1024;

/**
 * The payload with one key more, if it is the text of a JSON object; else itself. Nothing else of its
 * text changes: numbers that JavaScript cannot hold stay as they are.
 */
export function withCarrier(
  payload: unknown,
  { traceparent, tracestate, baggage }: Carrier,
): unknown {
  const isBytes = Buffer.isBuffer(payload);
  const text = isBytes ? payload.toString() : payload;
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return payload;
  const rest = text.trimEnd();
  if (!rest.endsWith('}') || !text.trimStart().startsWith('{')) return payload;
  const keys = keysOf(text);
  if (keys === undefined || keys.includes(CARRIER_FIELD)) return payload;

  const member = `"${CARRIER_FIELD}":${JSON.stringify({ traceparent, tracestate, baggage })}`;
  const amended = `${rest.slice(0, -1)}${keys.length > 0 ? ',' : ''}${member}}`;
  // Bytes that are no UTF-8 would not come back as they were.
  if (isBytes && !Buffer.from(text).equals(payload)) return payload;
  return isBytes ? Buffer.from(amended) : amended;
}

function keysOf(text: string): readonly string[] | undefined {
  try {
    return Object.keys(JSON.parse(text) as object);
  } catch {
    return undefined;
  }
}
