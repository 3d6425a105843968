import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { recordsOf } from './console-records.js';

const test = suite('preload/call-sites');
const { resolve } = createRequire(import.meta.url);

/** `line function`, as the fixtures log it of themselves. */
function placeOf({ attributes }: ReceivedLog): string {
  const name = attributes['code.function.name'];
  return `${attributes['code.line.number']}${name === undefined ? '' : ` ${name}`}`;
}

function fileOf({ attributes }: ReceivedLog): unknown {
  return attributes['code.file.path'];
}

const isPlace = ({ body }: ReceivedLog) => /^\d+( [\w.#]+| new Job)?$/.test(String(body));

for (const [fixture, places] of [
  ['places.cjs', 18],
  ['places.mjs', 5],
] as const) {
  test(`errors logged in ${fixture} carry its path, their line and their function`, async () => {
    const all = await recordsOf(`call-sites/${fixture}`);

    const records = all.filter(isPlace);
    assert.is(records.length, places);
    assert.equal(
      records.map(placeOf),
      records.map(({ body }) => body),
    );
    const named = records.map(fileOf);
    assert.equal([...new Set(named)], [join(FIXTURES, 'call-sites', fixture)]);
    assert.not(all.some(({ body }) => body === 'never'));
  });
}

test('code that a sourceURL names counts as that file', async () => {
  const records = await recordsOf('call-sites/places.cjs');

  const named = records.find(({ body }) => String(body).startsWith('1 eval'))!;
  assert.is(fileOf(named), 'named-by-comment.js');
});

test('the column is where the call begins, from 1', async () => {
  const [record] = await recordsOf("'use strict'; console.error('x')");

  assert.is(record!.attributes['code.column.number'], 23);
  assert.is(fileOf(record!), '[eval]');
});

const PROGRAM = "console.log('a'); console.warn('b'); console.error('c')";

for (const [value, expected] of [
  [undefined, [false, false, true]],
  ['error', [false, false, true]],
  ['all', [true, true, true]],
  ['off', [false, false, false]],
] as const) {
  test(`OTEL_REGISTER_CALL_SITES=${value ?? ''} is for the right records`, async () => {
    const records = await recordsOf(PROGRAM, { OTEL_REGISTER_CALL_SITES: value });

    assert.equal(
      records.map(({ attributes }) => 'code.file.path' in attributes),
      expected,
    );
  });
}

const CRASHES = {
  'an error nobody caught': "function f() { throw new Error('x') } f()",
  'an error whose handler ends the process': `
    process.on('uncaughtException', function end() { process.exit(1) }); throw new Error('x')`,
};

for (const [what, program] of Object.entries(CRASHES)) {
  test(
    `${what} has a stack trace and no call site: nobody logged it`,
    withCollector(async collector => {
      await runNode({ args: ['-e', program], env: endpointOf(collector) });

      const [{ attributes }] = collector.records as [ReceivedLog];
      assert.type(attributes['exception.stacktrace'], 'string');
      assert.not('code.file.path' in attributes);
    }),
  );
}

for (const name of ['@opentelemetry/api', '@opentelemetry/api-logs']) {
  test(`what is emitted through ${name} has the caller of emit()`, async () => {
    const program = `
      const { logs } = require(${JSON.stringify(resolve(name))});
      function pays() { logs.getLogger('billing').emit({ body: 'paid', severityNumber: 17 }) }
      pays();
      logs.getLogger('billing').emit({
        body: 'says it', severityNumber: 17, attributes: { 'code.file.path': 'own.js' } });`;

    const [paid, says] = (await recordsOf(program)) as [ReceivedLog, ReceivedLog];

    assert.is(placeOf(paid), '3 pays');
    assert.equal(says.attributes, { 'code.file.path': 'own.js' });
  });
}

test('a worker thread finds its own call sites', async () => {
  const code = "function inThread() { console.error('1 inThread') } inThread()";
  const program = `new (require('worker_threads').Worker)(${JSON.stringify(code)}, { eval: true })`;

  const [record] = await recordsOf(program);

  assert.is(placeOf(record!), '1 inThread');
  assert.is(fileOf(record!), '[worker eval]');
});

test('an application that runs in a context of its own is found there', async () => {
  const code = "function inContext() { console.error('x') } inContext()";
  const program = `require('vm').runInNewContext(${JSON.stringify(code)}, { console }, 'in-context.js')`;

  const [record] = await recordsOf(program);

  assert.is(`${fileOf(record!)} ${placeOf(record!)}`, 'in-context.js 1 inContext');
});

test.run();
