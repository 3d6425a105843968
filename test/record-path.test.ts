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
  const rules = { leastWanted: () => WARN, minimumSeverity: () => WARN, apply: () => true };
  const path = new RecordPath({
    context: new LogContext(),
    maxAttributes: 128,
    rules,
    write: record => written.push(record),
  });

  for (const severityNumber of [0, 5, 12, 13, 17]) path.emit(logRecord({ severityNumber }));

  assert.equal(
    written.map(record => record.severityNumber),
    [0, 13, 17],
  );
});

test('judges a record by the severity that rules have given it', () => {
  const written: unknown[] = [];
  const path = new RecordPath({
    rules: {
      leastWanted: () => 5,
      minimumSeverity: () => WARN,
      apply(record) {
        if (record.body === 'raised') record.severityNumber = 17;
        return record.body !== 'dropped';
      },
    },
    write: record => written.push(record.body),
  });

  assert.equal([path.wants(1), path.wants(5), path.wants(0)], [false, true, true]);
  for (const body of ['raised', 'left', 'dropped']) {
    path.emit(logRecord({ severityNumber: 5, body }));
  }

  assert.equal(written, ['raised']);
});

test.run();
