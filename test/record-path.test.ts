import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogContext } from '../src/context/log-context.js';
import type { LogRecord } from '../src/log-record.js';
import { RecordPath, type RecordPathOptions } from '../src/record-path.js';
import { DEBUG, ERROR, INFO, TRACE, WARN } from '../src/severity.js';
import { logRecord } from './helpers/log-records.js';

const test = suite('record-path');

function bench({
  minimumSeverity: least = 0,
  ...options
}: Partial<RecordPathOptions> & { minimumSeverity?: number } = {}) {
  const written: LogRecord[] = [];
  const write = (record: LogRecord) => written.push(record);
  const rules = { leastWanted: () => least, minimumSeverity: () => least, apply: () => true };
  const context = new LogContext();
  const path = new RecordPath({ context, maxAttributes: 128, rules, write, ...options });
  return {
    path,
    written,
    bodies: () => written.splice(0).map(({ body }) => body),
    say: (body: string, severityNumber: number, described?: Partial<LogRecord>) =>
      path.emit(logRecord({ body, severityNumber, ...described })),
  };
}

test('lets through what is of the least severity, above it, or of unknown severity', () => {
  const { path, written } = bench({ minimumSeverity: WARN });

  for (const severityNumber of [0, 5, 12, 13, 17]) path.emit(logRecord({ severityNumber }));

  assert.equal(
    written.map(record => record.severityNumber),
    [0, 13, 17],
  );
});

test('looks for the call site from its severity on', () => {
  const { say, written } = bench({ callSiteSeverity: ERROR });

  for (const severityNumber of [0, WARN, ERROR]) say('x', severityNumber);

  assert.equal(
    written.map(({ callSite }) => callSite !== undefined),
    [false, false, true],
  );
});

test('wants what may become interesting later', () => {
  const { path } = bench({ minimumSeverity: WARN, trailSeverity: DEBUG });

  assert.equal(
    [0, TRACE, DEBUG, INFO, WARN].map(severity => path.wants(severity)),
    [true, false, true, true, true],
  );
});

test('what led to an error is sent before it, and nothing of it without one', () => {
  const { path, say, bodies } = bench({ minimumSeverity: WARN, trailSeverity: DEBUG });
  assert.not(path.prepare(logRecord({ body: 'prepared', severityNumber: INFO })));
  say('trace', TRACE);
  say('debug', DEBUG);
  say('warn', WARN);
  assert.equal(bodies(), ['warn']);

  say('error', ERROR);
  say('error 2', ERROR);

  assert.equal(bodies(), ['prepared', 'debug', 'error', 'error 2']);
});

test('what is folded is told before what led to an error, and the error', () => {
  const { say, bodies, written } = bench({
    minimumSeverity: INFO,
    trailSeverity: DEBUG,
    hasFold: true,
  });
  for (let i = 0; i < 3; i++) say('info', INFO);
  say('debug', DEBUG);
  say('error', ERROR);

  assert.is(written[1]!.attributes?.keys[0], 'log.repeated.count');
  assert.equal(bodies(), ['info', 'info', 'debug', 'error']);
});

test('a rule can have a record folded where nothing is configured', () => {
  const { path, say, bodies } = bench();
  for (let i = 0; i < 3; i++) say('a', INFO, { noise: { fold: true } });
  assert.equal(bodies(), ['a']);

  path.settle();

  assert.equal(bodies(), ['a']);
});

test('after end() what comes is sent at once', () => {
  const { path, say, bodies } = bench({ maxPerSecond: 1 });
  for (let i = 0; i < 3; i++) say('a', INFO);

  path.end();
  for (let i = 0; i < 3; i++) say('a', INFO);

  assert.equal(bodies(), ['a', 'Suppressed 2 records like: a', 'a', 'a', 'a']);
});

test('judges a record by the severity that rules have given it', () => {
  const written: unknown[] = [];
  const path = new RecordPath({
    context: new LogContext(),
    maxAttributes: 128,
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
