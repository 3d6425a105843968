import type { SpanRecord } from '../pipeline/span-record.js';
import type { Redaction } from '../redaction/redaction.js';

/** Takes secrets out of a span, as out of records. */
export function redactSpan(span: SpanRecord, redaction: Redaction): SpanRecord {
  redaction.fields(span.attributes);
  const { events, links, name, statusMessage } = span;
  for (let i = 0; i < events.length; i++) redaction.fields(events[i]!.attributes);
  for (let i = 0; i < links.length; i++) redaction.fields(links[i]!.attributes);
  return {
    ...span,
    name: redaction.text(name),
    statusMessage: statusMessage && redaction.text(statusMessage),
  };
}
