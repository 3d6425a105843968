import { type LogRecord as ApiLogRecord, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogFields, type LogRecord, namedScope } from '../../src/log-record.js';
import {
  createLoggerProvider,
  type LoggerProviderOptions,
} from '../../src/otel/logger-provider.js';
import { runFixture } from './run-fixture.js';

const test = suite('otel/logger-provider');

const IDS = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};

function setUp(options: Pick<Partial<LoggerProviderOptions>, 'wants' | 'readSpan'> = {}) {
  const records: LogRecord[] = [];
  const provider = createLoggerProvider({
    emit: record => records.push(record),
    wants: () => true,
    maxAttributes: 2,
    maxValueLength: 5,
    ...options,
  });
  return { records, provider, logger: provider.getLogger('app') };
}

function fields(entries: Record<string, string | number>): LogFields {
  const result = new LogFields();
  for (const [key, value] of Object.entries(entries)) result.add(key, value);
  return result;
}

test('makes a record of everything the api can say', () => {
  const { records, provider } = setUp();

  provider.getLogger('app', '1.0.0', { schemaUrl: 'schema', attributes: { a: 'b' } }).emit({
    body: { text: 'hello' },
    eventName: 'greeted',
    severityNumber: 13,
    severityText: 'careful',
    timestamp: [1_700_000_000, 5],
    attributes: { id: 7 },
  });

  assert.equal(records, [
    {
      scope: { name: 'app', version: '1.0.0', schemaUrl: 'schema', attributes: fields({ a: 'b' }) },
      timeUnixNanoHigh: Number((1_700_000_000_000_000_005n >> 32n) & 0xffff_ffffn),
      timeUnixNanoLow: Number(1_700_000_000_000_000_005n & 0xffff_ffffn),
      severityNumber: 13,
      severityText: 'careful',
      body: fields({ text: 'hello' }),
      attributes: fields({ id: 7 }),
      exception: undefined,
      method: undefined,
      iostream: undefined,
      span: undefined,
      eventName: 'greeted',
      droppedAttributes: 0,
      isTruncated: false,
      callee: undefined,
      callSite: undefined,
      formerKeys: undefined,
      noise: undefined,
    },
  ]);
});

test('one scope is one object in all its records', () => {
  const { records, provider } = setUp();

  provider.getLogger('app').emit({ body: 1 });
  provider.getLogger('app').emit({ body: 2 });

  assert.is(records[0]!.scope, records[1]!.scope);
});

test('names the severity when the caller did not', () => {
  const { records, logger } = setUp();

  logger.emit({ severityNumber: 18 });
  logger.emit({});
  logger.emit({ severityNumber: 'WARN' } as unknown as ApiLogRecord);

  assert.equal(
    records.map(record => [record.severityNumber, record.severityText]),
    [
      [18, 'ERROR'],
      [0, ''],
      [0, ''],
    ],
  );
});

test('keeps to the limits of attributes and counts what they cost', () => {
  const { records, logger } = setUp();

  logger.emit({ attributes: { a: '1234567', b: 2, c: 3, d: 4 } });

  assert.equal(records[0]!.attributes, fields({ a: '12345', b: 2 }));
  assert.is(records[0]!.droppedAttributes, 2);
});

test('an exception becomes attributes', () => {
  const { records, logger } = setUp();

  logger.emit({ exception: new TypeError('bad') });

  assert.equal(records[0]!.attributes?.keys, ['exception.type', 'exception.message']);
  assert.is(records[0]!.exception, undefined);
});

test('makes no record of a severity that is not wanted, but of unknown severity', () => {
  const { records, logger } = setUp({ wants: severity => severity >= 9 });

  logger.emit({ severityNumber: 5 });
  logger.emit({ severityNumber: 9 });
  logger.emit({ body: 'unknown' });

  assert.equal(
    records.map(record => record.severityNumber),
    [9, 0],
  );
  assert.equal(
    [5, 9, undefined].map(severityNumber => logger.enabled({ severityNumber })),
    [false, true, true],
  );
});

test('takes the span of the context given, else the active one', () => {
  const { records, logger } = setUp({ readSpan: () => ({ ...IDS, traceFlags: 0 }) });

  logger.emit({ context: trace.setSpanContext(ROOT_CONTEXT, IDS) });
  logger.emit({ context: ROOT_CONTEXT.setValue(Symbol('other'), 1) });
  logger.emit({});

  assert.equal(
    records.map(record => record.span?.traceFlags),
    [1, undefined, 0],
  );
});

const HOSTILE: Record<string, unknown> = {
  'no record at all': undefined,
  'attributes that throw': {
    get attributes() {
      throw new Error('no');
    },
  },
  'a severity that throws': {
    get severityNumber() {
      throw new Error('no');
    },
  },
  'a broken context': { context: {} },
};

for (const [name, record] of Object.entries(HOSTILE)) {
  test(`${name} costs this record, not the application`, () => {
    const { records, logger } = setUp();

    logger.emit(record as ApiLogRecord);
    logger.enabled(record as ApiLogRecord);
    logger.emit({ body: 'next' });

    assert.is(records.at(-1)!.body, 'next');
  });
}

test('scope attributes that throw cost themselves only', () => {
  const { records, provider } = setUp();
  const attributes = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('no');
      },
    },
  );

  provider.getLogger('app', undefined, { attributes }).emit({ body: 'kept' });

  assert.equal(records[0]!.scope, namedScope('app'));
});

test('loading and using the SDK reads no OTEL_ variable and adds no global', () => {
  const entry = new URL('../../src/otel/logger-provider.js', import.meta.url).href;

  const report = runFixture('environment.mjs', { preload: undefined, args: [entry] });

  assert.equal(report, { bodies: ['one'], otelVariables: [], newGlobals: [] });
});

test.run();
