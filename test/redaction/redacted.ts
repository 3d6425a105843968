import type { LogValue } from '../../src/log-record.js';
import type { RedactionOptions } from '../../src/redaction/redaction.js';
import { fields, logRecord, roundTrip } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';

/** What arrives of such attributes. */
export function redacted(
  object: Readonly<Record<string, LogValue>>,
  options?: RedactionOptions,
): object {
  const record = logRecord({ attributes: fields(object) });
  createRedaction(options).record(record);
  return roundTrip(record).attributes;
}
