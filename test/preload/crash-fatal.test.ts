import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { assertAllLogged, compareEnding, crashRecords } from './ending-comparison.js';

const test = suite('preload/crash-fatal');

const deaths = {
  'an error thrown by the main program': ['crash-throw.cjs', 'TypeError: broken'],
  'an error thrown later': ['crash-later.cjs', 'Error: later'],
  'an error thrown by an ES module': ['crash-module.mjs', 'TypeError: broken'],
  'an error whose exit listener throws another': ['crash-in-nested.cjs', 'Error: first'],
  'an error whose exit listener sets the exit code': ['crash-exit-code.cjs', 'Error: broken'],
  'an error seen by a monitor': ['monitor.cjs', 'Error: broken'],
  'an error whose handler exits': ['handler-exits.cjs', 'Error: broken'],
  'an error whose handler really exits': ['handler-really-exits.cjs', 'Error: broken'],
  'an error after a capture callback was taken back': ['capture-reset.cjs', 'Error: broken'],
} as const;

for (const [name, [script, body]] of Object.entries(deaths)) {
  test(
    `${name} ends as without us, with one FATAL record`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, script);

      assertAllLogged(collector, runs);
      assertOneDeath(crashRecords(collector), body);
    }),
  );
}

const values = {
  null: 'object: null',
  undefined: 'undefined: undefined',
  string: 'string: only text',
  number: 'number: 42',
  object: 'object: { code: 1 }',
  symbol: 'symbol: Symbol(thrown)',
  function: 'function: [Function: thrown]',
  proxy: undefined,
  revoked: undefined,
  getters: 'Error: ',
  frozen: 'Error: frozen',
};

for (const [value, body] of Object.entries(values)) {
  test(
    `throwing ${value} ends as without us, with one FATAL record`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, 'crash-value.cjs', { args: [value] });

      assertAllLogged(collector, runs);
      assertOneDeath(crashRecords(collector), body);
    }),
  );
}

test(
  'the record of a death describes the error as it is printed',
  withCollector(async collector => {
    const { ours } = await compareEnding(collector, 'crash-later.cjs');

    const { attributes, severityNumber } = crashRecords(collector)[0]!;
    assert.is(severityNumber, 21);
    assert.is(attributes['exception.type'], 'Error');
    assert.is(attributes['exception.message'], 'later');
    assert.is(attributes['error.code'], 'E_LATER');
    assert.is(attributes['exception.origin'], 'uncaughtException');
    assert.match(String(attributes['exception.stacktrace']), /^Error: later\n {4}at Timeout\./);
    assert.ok(ours.stderr.includes(String(attributes['exception.stacktrace'])));
  }),
);

test(
  'the record of a death has the fields the program gave its error, and the codes of its causes',
  withCollector(async collector => {
    const { code } = await runNode({
      args: [
        '-e',
        `const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
         throw Object.assign(new Error('busy', { cause }), { status: 503, 'exception.handled': 'mine' });`,
      ],
      env: endpointOf(collector),
    });

    assert.is(code, 1);
    const { attributes } = crashRecords(collector)[0]!;
    assert.is(attributes.status, 503);
    assert.is(attributes['user.exception.handled'], 'mine');
    assert.is(attributes['exception.handled'], false);
    assert.match(String(attributes['exception.stacktrace']), "{ code: 'ECONNREFUSED' }");
  }),
);

function assertOneDeath(records: readonly ReceivedLog[], body: string | undefined): void {
  assert.equal(
    records.map(record => record.severityText),
    ['FATAL'],
  );
  const [{ attributes, body: actualBody }] = records as [ReceivedLog];
  assert.is(attributes['exception.handled'], false);
  if (body !== undefined) assert.is(actualBody, body);
}

test.run();
