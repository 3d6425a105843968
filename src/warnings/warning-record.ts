import { errorCode, errorName, readText } from '../convert/error-parts.js';
import { indexOfText } from '../convert/intrinsics.js';
import { Budget, type Limits } from '../convert/limits.js';
import { propertyOfKind } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import { LogFields, type LogRecord, namedScope, newRecord, type SpanIds } from '../log-record.js';
import { WARN } from '../severity.js';

const SCOPE = namedScope('process');
const FRAME = '\n    at ';

export interface WarningTime {
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
}

/** @param printed What Node prints of it by way of the console: with `--trace-warnings` its stack. */
export function warningRecord(
  warning: Error,
  { timeHigh, timeLow, span }: WarningTime,
  { limits, printed }: { readonly limits: Limits; readonly printed?: string },
): LogRecord {
  const budget = new Budget(limits);
  const name = errorName(warning);
  const attributes = new LogFields();
  attributes.add('warning.type', budget.text(name));
  const code = errorCode(warning);
  if (code !== undefined) attributes.add('warning.code', budget.text(code));
  const detail = propertyOfKind(warning, 'detail');
  if (typeof detail === 'string' && detail !== '') {
    attributes.add('warning.detail', budget.text(plainText(detail)));
  }
  // To read it may run code of the program's, unless Node has done so.
  if (printed !== undefined && indexOfText(printed, FRAME) !== -1) {
    const stack = readText(warning, 'stack') ?? '';
    attributes.add('warning.stacktrace', budget.longText(plainText(stack)));
  }
  const body = budget.longText(plainText(`${name}: ${readText(warning, 'message') ?? ''}`));
  const { isTruncated } = budget;
  const record = newRecord({
    scope: SCOPE,
    severityNumber: WARN,
    at: { timeHigh, timeLow, span, callee: null },
    content: { body, attributes, exception: undefined, isTruncated, droppedAttributes: undefined },
  });
  if (printed !== undefined) record.iostream = 'stderr';
  return record;
}
