import type { SpanRecord } from '../pipeline/span-record.js';
import type { Redaction } from '../redaction/redaction.js';

/** Takes secrets out of a span, as out of records. */
export function redactSpan(span: SpanRecord, redaction: Redaction): SpanRecord {
  redaction.fields(span.attributes);
  for (const { attributes } of span.events) redaction.fields(attributes);
  for (const { attributes } of span.links) redaction.fields(attributes);
  const { name, statusMessage } = span;
  return {
    ...span,
    name: redaction.text(name),
    statusMessage: statusMessage && redaction.text(statusMessage),
  };
}
