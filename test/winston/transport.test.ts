import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from '../preload/console-records.js';

const test = suite('winston/transport');

const TRANSPORT = `
const { createLogger, transports, Transport } = require('winston');
const { logs } = require('@opentelemetry/api-logs');
const api = require('@opentelemetry/api');
let sent = 0;
const own = { getLogger: () => ({ emit() { sent++; }, enabled: () => true }) };
class OpenTelemetryTransportV3 extends Transport {
  log(info, done) { logs.getLogger('@opentelemetry/winston-transport').emit({ body: info.message }); done(); }
}
const log = () => {
  createLogger({ transports: new OpenTelemetryTransportV3() }).info('with the transport');
  createLogger({ transports: new transports.Console({ silent: false }) }).info('without');
  console.log('sent ' + sent);
};`;

const SETTINGS: readonly (readonly [what: string, program: string, seen: readonly string[]])[] = [
  [
    'no provider of its own has our record of each call',
    'log();',
    ['console: sent 0', 'winston: with the transport', 'winston: without'],
  ],
  [
    'a provider of its own sends what its transport takes, and that alone',
    'logs.setGlobalLoggerProvider(own); log();',
    ['console: sent 1', 'winston: without'],
  ],
  [
    'a provider that its transport does not know loses nothing',
    'api.logs.setGlobalLoggerProvider(own); log();',
    ['@opentelemetry/winston-transport: with the transport', 'console: sent 0', 'winston: without'],
  ],
];

for (const [what, program, expected] of SETTINGS) {
  test(`an application with ${what}`, async () => {
    const records = await recordsOf(`${TRANSPORT} ${program}`);

    assert.equal(records.map(({ scope, body }) => `${scope.name}: ${body}`).sort(), expected);
  });
}

test('what a bundled winston sends by the transport is kept', async () => {
  const records = await recordsOf(`
    const { logs } = require('@opentelemetry/api-logs');
    logs.getLogger('@opentelemetry/winston-transport').emit({ body: 'bundled' });`);

  assert.equal(
    records.map(({ body }) => body),
    ['bundled'],
  );
});

test.run();
