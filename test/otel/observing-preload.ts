// Preloaded into the fixtures: both slots observed, every record kept for the fixture to print.

import type { LogRecord } from '../../src/log-record.js';
import { readActiveSpan } from '../../src/otel/active-span.js';
import { observeApiLogsSlot } from '../../src/otel/api-logs-slot.js';
import { observeApiSlot } from '../../src/otel/api-slot.js';
import { createLazyLoggerProvider } from '../../src/otel/lazy-logger-provider.js';
import { createLoggerProvider } from '../../src/otel/logger-provider.js';

const records: LogRecord[] = [];
let loads = 0;

function load() {
  loads += 1;
  return createLoggerProvider({
    emit: record => records.push(record),
    wants: () => true,
    maxAttributes: 128,
    maxValueLength: 8192,
    readSpan: () => readActiveSpan(slot),
  });
}

const logs = createLazyLoggerProvider({ load, claimed: () => slot.claimedLogs });
const olderLogs = createLazyLoggerProvider({ load, claimed: () => olderSlot.claimedLogs });
const slot = observeApiSlot({ logs: () => logs });
const olderSlot = observeApiLogsSlot({ logs: () => olderLogs });

const SLOT = Symbol.for('opentelemetry.js.api.1');

Object.assign(globalThis, {
  observed: {
    slot,
    olderSlot,
    readActiveSpan: () => readActiveSpan(slot),
    /** What a fixture prints as its last words. */
    report: () => ({
      bodies: records.map(record => record.body),
      traceIds: records.map(record => record.span?.traceId),
      loads,
      registeredVersion: slot.registeredVersion,
      registeredTypes: Object.keys(slot.registered ?? {}),
      isPlainProperty: 'value' in (Object.getOwnPropertyDescriptor(globalThis, SLOT) ?? {}),
    }),
  },
});
