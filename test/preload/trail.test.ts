import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { recordsOf } from './console-records.js';

const test = suite('preload/trail');

const TRAIL = { OTEL_REGISTER_TRAIL: 'debug', OTEL_REGISTER_LOG_LEVEL: 'warn' };
const seen = ({ body, attributes }: ReceivedLog) =>
  attributes['log.trail'] === true ? `${body} (trail)` : body;

// As much of an application's OpenTelemetry as the active span is read from.
const SPANS = `
  const { AsyncLocalStorage } = require('node:async_hooks');
  const spans = new AsyncLocalStorage();
  const KEY = Symbol.for('OpenTelemetry Context Key SPAN');
  globalThis[Symbol.for('opentelemetry.js.api.1')] = {
    version: '1.9.0',
    context: { active: () => ({ getValue: key => key === KEY ? spans.getStore() : undefined }) },
  };
  const inTrace = (digit, run) => spans.run({ spanContext: () => ({
    traceId: digit.repeat(32), spanId: digit.repeat(16), traceFlags: 1,
  }) }, run);`;

test('an error brings what was logged before it below the level, in order', async () => {
  const records = await recordsOf(
    `console.debug('one'); console.trace('below'); console.log('two', { a: 1 });
     console.warn('sent'); console.error('failed'); console.log('after')`,
    TRAIL,
  );

  assert.equal(records.map(seen), ['sent', 'one (trail)', 'two (trail)', 'failed']);
  assert.equal(
    records.map(({ severityText }) => severityText),
    ['WARN', 'DEBUG', 'INFO', 'ERROR'],
  );
  assert.equal(records[2]!.attributes, { a: 1, 'log.trail': true, 'log.iostream': 'stdout' });
  assert.ok(records[1]!.timeUnixNano < records[0]!.timeUnixNano);
});

test('of several traces that of the error alone', async () => {
  const program = `${SPANS}
    console.log('none 1');
    inTrace('a', () => console.log('a 1'));
    inTrace('b', () => console.log('b 1'));
    inTrace('a', () => { console.log('a 2'); console.error('a failed'); });
    console.error('none failed');`;

  const records = await recordsOf(program, TRAIL);

  assert.equal(records.map(seen), [
    'a 1 (trail)',
    'a 2 (trail)',
    'a failed',
    'none 1 (trail)',
    'none failed',
  ]);
  assert.is(records[0]!.traceId, 'a'.repeat(32));
  assert.is(records[3]!.traceId, '');
});

test('without an error nothing of it is sent', async () => {
  assert.equal(await recordsOf("console.log('x'); console.debug('y')", TRAIL), []);
});

test(
  'an error nobody caught brings what led to it',
  withCollector(async collector => {
    const { code } = await runNode({
      args: ['-e', "console.log('before'); setImmediate(() => { throw new Error('boom') })"],
      env: { ...endpointOf(collector), ...TRAIL },
    });

    assert.is(code, 1);
    assert.equal(collector.records.map(seen), ['before (trail)', 'Error: boom']);
  }),
);

test('what is kept is as it was when it was logged', async () => {
  const program = `
    const bytes = new Uint8Array([1, 2]);
    const nested = { deep: { value: 1 } };
    console.log('x', { bytes, nested });
    bytes.fill(9); nested.deep.value = 2;
    console.error('failed')`;

  const [kept] = await recordsOf(program, TRAIL);

  assert.equal(kept!.attributes.nested, { deep: { value: 1 } });
  assert.equal(Buffer.from(kept!.attributes.bytes as Uint8Array), Buffer.from([1, 2]));
});

test('a hundred of a trace are kept, the latest', async () => {
  const program =
    "for (let i = 0; i < 5000; i++) console.log('line ' + i); console.error('failed')";

  const records = await recordsOf(program, TRAIL);

  assert.is(records.length, 101);
  assert.is(records[0]!.body, 'line 4900');
});

test('a worker thread has a trail of its own', async () => {
  const code = "console.log('in thread'); console.error('thread failed')";
  const program = `
    console.log('in main');
    new (require('worker_threads').Worker)(${JSON.stringify(code)}, { eval: true });`;

  assert.equal((await recordsOf(program, TRAIL)).map(seen), ['in thread (trail)', 'thread failed']);
});

test.run();
