import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from '../preload/console-records.js';

const test = suite('winston/calls');

const HEAD = `
const { createLogger, format, transports, Transport } = require('winston');
const { withLogContext } = require('@emp/otel-register/api');
class Slow extends Transport { log(info, done) { setTimeout(done, 20); } }
const slow = () => createLogger({ transports: new Slow({ highWaterMark: 1 }) });`;

test('a call that waits for a slow transport has the time and the context of the call', async () => {
  const records = await recordsOf(`${HEAD}
    const logger = slow();
    for (let n = 0; n < 40; n++) {
      withLogContext({ job_id: 'job ' + n }, () => logger.info('line', { n }));
      if (n === 20) console.log('between');
    }
    setTimeout(() => console.log('after'), 900);`);

  const ofLogger = records.filter(({ scope }) => scope.name === 'winston');
  const [between, after] = ['between', 'after'].map(
    text => records.find(({ body }) => body === text)!,
  );
  assert.equal(
    ofLogger
      .map(({ attributes }) => [attributes.n, attributes.job_id])
      .sort((a, b) => Number(a[0]) - Number(b[0])),
    Array.from({ length: 40 }, (_, n) => [n, `job ${n}`]),
  );
  for (const { timeUnixNano, attributes } of ofLogger) {
    assert.ok(timeUnixNano < after!.timeUnixNano);
    assert.is(timeUnixNano < between!.timeUnixNano, Number(attributes.n) <= 20);
  }
});

test('what still waits when the process ends is recorded as it was logged', async () => {
  const records = await recordsOf(`${HEAD}
    const logger = slow();
    for (let n = 0; n < 100; n++) logger.info('line', { n });
    process.exit(0);`);

  const numbers = records.map(({ attributes }) => Number(attributes.n)).sort((a, b) => a - b);
  assert.equal(
    numbers,
    Array.from({ length: 100 }, (_, n) => n),
  );
});

test('what waits for a first transport is recorded once, with it and without it', async () => {
  const records = await recordsOf(`${HEAD}
    const [later, never] = [createLogger(), createLogger()];
    for (let n = 0; n < 50; n++) { later.info('later', { n }); never.info('never', { n }); }
    setTimeout(() => later.add(new transports.Console({ silent: true })));
    setTimeout(() => {}, 50);`);

  for (const message of ['later', 'never']) {
    const found = records
      .filter(({ body }) => body === message)
      .map(({ attributes }) => attributes.n);
    assert.equal(
      found.sort((a, b) => Number(a) - Number(b)),
      Array.from({ length: 50 }, (_, n) => n),
    );
  }
});

test('a format that throws, and a transport that does, throw it as they would', async () => {
  const records = await recordsOf(`${HEAD}
    const failing = createLogger({ format: format(() => { throw new Error('of the format'); })(), transports: new Slow() });
    const broken = createLogger({ transports: new Transport({ log() { throw new Error('of the transport'); } }) });
    for (const logger of [failing, broken]) {
      try { logger.info('text'); } catch (error) { console.log(error.message); }
    }`);

  const seen = records.map(({ scope, body }) => [scope.name, body]).sort();
  assert.equal(seen, [
    ['console', 'of the format'],
    ['console', 'of the transport'],
    ['winston', 'text'],
  ]);
});

test('records of errors say where the application logged them', async () => {
  const [record] = await recordsOf(`${HEAD}
    function works() { createLogger({ transports: new Slow() }).child({ a: 1 }).error('failed'); }
    works();`);

  assert.is(record!.attributes['code.function.name'], 'works');
});

test('the objects of the program are left as they are', async () => {
  const records = await recordsOf(`${HEAD}
    const assert = require('node:assert');
    const list = [new Slow(), new transports.Console({ silent: true })];
    const options = { transports: list, levels: { error: 0, info: 1 }, level: 'info' };
    const logger = createLogger(options);
    const meta = Object.freeze({ nested: Object.freeze({ a: 1 }) });
    const info = { level: 'info', message: 'text', meta };
    logger.log(info);
    logger.info('text', meta);
    assert.deepStrictEqual(Reflect.ownKeys(info).map(String), ['level', 'message', 'meta', 'Symbol(level)', 'Symbol(message)']);
    assert.deepStrictEqual(Object.keys(options), ['transports', 'levels', 'level']);
    assert.strictEqual(list.length, 2);
    assert.strictEqual(logger.transports.length, 2);
    assert.ok(!Object.hasOwn(logger, 'write') && !Object.hasOwn(logger, 'push'));
    const names = []; for (const name in logger) names.push(name);
    assert.ok(names.includes('write') && names.includes('push'));
    const { Transform } = require('readable-stream');
    for (const name of ['write', 'push', 'pipe']) {
      assert.strictEqual(logger[name].name, Transform.prototype[name].name);
      assert.strictEqual(logger[name].length, Transform.prototype[name].length);
    }`);

  assert.is(records.length, 2);
});

test.run();
