import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogContext } from '../src/context/log-context.js';
import type { LogRecord } from '../src/log-record.js';
import { RecordPath } from '../src/record-path.js';
import { WARN } from '../src/severity.js';
import { logRecord } from './helpers/log-records.js';

const test = suite('record-path');

test('lets through what is of the least severity, above it, or of unknown severity', () => {
  const written: LogRecord[] = [];
  const path = new RecordPath({
    context: new LogContext(),
    maxAttributes: 128,
    minimumSeverity: WARN,
    write: record => written.push(record),
  });

  for (const severityNumber of [0, 5, 12, 13, 17]) path.emit(logRecord({ severityNumber }));

  assert.equal(
    written.map(record => record.severityNumber),
    [0, 13, 17],
  );
});

test.run();
