import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('loggers/pino-transports');

// One that prints what it gets, as many do while they are written.
const PRINTING = `
  const { Writable } = require('node:stream');
  module.exports = () => new Writable({
    autoDestroy: true,
    write(chunk, _, done) {
      console.log('transport', String(chunk).trim());
      process.stdout.write('raw ' + chunk);
      done();
    },
  });
`;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-pino-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const preload of ['a target', 'targets'] as const) {
  test(`${preload} in a worker thread write each line, and there is one record of it`, () =>
    inFolder(async folder => {
      const file = join(folder, 'log');
      const target = { target: 'pino/file', options: { destination: file } };
      const transport = preload === 'a target' ? target : { targets: [target] };
      const records = await recordsOf(`
        const l = require('pino')({ base: null, transport: ${JSON.stringify(transport)} });
        l.info({ a: 1 }, 'one');
        l.error('two');
      `);
      assert.equal(linesOf(records), [
        ['INFO', 'one', { a: 1 }],
        ['ERROR', 'two'],
      ]);
      const written = readFileSync(file, 'utf8').trim().split('\n');
      assert.equal(
        written.map(line => JSON.parse(line).msg),
        ['one', 'two'],
      );
    }));
}

for (const NODE_OPTIONS of ['by NODE_OPTIONS', 'by the command line']) {
  test(`what a transport prints is no record, with the preload ${NODE_OPTIONS}`, () =>
    inFolder(async folder => {
      const file = join(folder, 'printing.cjs');
      writeFileSync(file, PRINTING);
      const records = await recordsOf(
        `
          const l = require('pino')({ base: null, transport: { target: ${JSON.stringify(file)} } });
          l.info('one');
          l.flush();
        `,
        NODE_OPTIONS === 'by NODE_OPTIONS' ? { NODE_OPTIONS: '--import @emp/otel-register' } : {},
      );
      assert.equal(linesOf(records), [['INFO', 'one']]);
    }));
}

test('a worker thread of the program that uses pino has its own records', async () => {
  const worker = "require('pino')({ base: null }).info('from a worker')";
  const records = await recordsOf(
    `new (require('worker_threads').Worker)(${JSON.stringify(worker)}, { eval: true })`,
  );
  assert.equal(linesOf(records), [['INFO', 'from a worker', { 'thread.id': 1 }]]);
});

test.run();
