import {
  createRedactionBy,
  createRedactor,
  type Redaction,
  type RedactionOptions,
} from '../../src/redaction/redaction.js';

/** Redaction by these options, whatever rules there are. */
export function createRedaction(options: RedactionOptions = {}): Redaction {
  const redactor = createRedactor(options);
  return createRedactionBy(() => redactor);
}
