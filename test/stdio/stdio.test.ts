import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertUnnoticed } from '../loggers/logger-programs.js';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('stdio/stdio');

const ON = { OTEL_REGISTER_CAPTURE_STDIO: 'on' };

/** Of these no two runs print the same. */
const HAS_TIME = /emitWarning|pino|bunyan|debug/;

const writes: readonly (readonly [program: string, ...lines: unknown[]])[] = [
  ["process.stdout.write('one\\ntwo\\n')", ['INFO', 'one'], ['INFO', 'two']],
  ["process.stderr.write('usage: x\\n')", ['WARN', 'usage: x']],
  ["process.stdout.write('in '); process.stdout.write('pieces\\n')", ['INFO', 'in pieces']],
  ["process.stdout.write('unfinished')", ['INFO', 'unfinished']],
  ["process.stdout.write('unfinished'); process.exit(0)", ['INFO', 'unfinished']],
  [
    "for (const b of Buffer.from('Größe 🚀\\n')) process.stdout.write(Buffer.of(b))",
    ['INFO', 'Größe 🚀'],
  ],
  ["process.stdout.write('c3bc0a', 'hex')", ['INFO', 'ü']],
  ["process.stdout.write('done\\n', () => {})", ['INFO', 'done']],
  ["process.stdout.write('\\n\\r\\n')"],
  ["process.stdout.write('10%\\r50%\\r100%\\n')", ['INFO', '100%']],
  ["process.stdout.write('windows\\r\\n')", ['INFO', 'windows']],
  ["process.stdout.write('\\x1b[31mred\\x1b[0m\\n')", ['INFO', 'red']],
  [
    'process.stdout.write(\'{"level":"error","msg":"failed","job_id":1}\\n\')',
    ['ERROR', 'failed', { job_id: 1 }],
  ],
  [
    "const { write } = process.stdout; process.stdout.write = function (...a) { return write.apply(this, a); }; process.stdout.write('wrapped\\n')",
    ['INFO', 'wrapped'],
  ],
  [
    "console.log('by the console'); console.error('too')",
    ['INFO', 'by the console'],
    ['ERROR', 'too'],
  ],
  ["new console.Console(process.stdout).log('instance')", ['INFO', 'instance']],
  ['console.table([1])', ['INFO', /┌/, { rows: [1] }]],
  ["require('pino')({ base: null }, process.stdout).info('by pino')", ['INFO', 'by pino']],
  [
    "require('bunyan').createLogger({ name: 'b' }).info('by bunyan')",
    ['INFO', 'by bunyan', { name: 'b' }],
  ],
  [
    "require('debug').enable('x'); require('debug')('x')('by debug %s', 1)",
    ['DEBUG', 'by debug 1', { namespace: 'x' }],
  ],
  [
    "const w = require('winston'); w.createLogger({ transports: [new w.transports.Console()] }).info('by winston')",
    ['INFO', 'by winston'],
  ],
  ...['log(info)', 'setImmediate(log, info)', 'log(info); log(info)'].map(
    how =>
      [
        `const w = require('winston'); const log = info => process.stdout.write(info.message + '\\n');
         w.createLogger({ transports: new w.Transport({ log(info, done) { ${how}; done(); } }) }).info('by a transport')`,
        ['INFO', 'by a transport'],
      ] as const,
  ),
  [
    "const w = require('winston'); w.createLogger({ transports: new w.Transport({ log(info, done) { process.stdout.write('about itself\\n'); done(); } }) }).info('text')",
    ['INFO', 'text'],
    ['INFO', 'about itself'],
  ],
  ["process.stdout.end('last words\\n')", ['INFO', 'last words']],
  ["process.stdout.cork(); process.stdout.end('last', () => {})", ['INFO', 'last']],
  ["process.stdout.end(); process.stdout.once('error', () => {}).end('too late')"],
  ["process.emitWarning('careful')", ['WARN', 'Warning: careful', { 'warning.type': 'Warning' }]],
  [
    "require('net').createServer(s => { s.write('to a socket\\n'); s.end(); }).listen(0, function () { require('net').connect(this.address().port).resume().on('close', () => this.close()); })",
  ],
  [
    "new (require('worker_threads').Worker)(\"process.stdout.write('raw\\\\n'); console.log('con')\", { eval: true })",
    ['INFO', 'raw', { 'thread.id': 1 }],
    ['INFO', 'con', { 'thread.id': 1 }],
  ],
];

for (const [program, ...expected] of writes) {
  test(`${program} makes ${expected.length} records`, async () => {
    const records = HAS_TIME.test(program)
      ? await recordsOf(program, ON)
      : await assertUnnoticed(program, ON);
    const lines = linesOf(records);
    assert.is(lines.length, expected.length, JSON.stringify(lines));
    for (const [index, line] of lines.entries()) {
      const wanted = expected[index] as readonly unknown[];
      if (wanted[1] instanceof RegExp) assert.match(String(line[1]), wanted[1]);
      else assert.equal(line, wanted);
    }
  });
}

test('without being asked for it is off', async () => {
  assert.equal(await recordsOf("process.stdout.write('raw\\n')"), []);
});

test('a line without an end is cut into records, and nothing is kept of it', async () => {
  const records = await recordsOf(
    "process.stdout.write('x'.repeat(150_000)); process.stdout.write('y\\n');",
    ON,
  );
  assert.equal(
    records.map(({ body }) => String(body).length),
    [65_536, 65_536, 150_001 - 2 * 65_536],
  );
  for (const { attributes } of records) assert.is(attributes['log.truncated'], true);
});

test('a record is of the scope stdio, with the stream and the context of the write', async () => {
  const [record] = await recordsOf(
    "require('@emp/otel-register/api').withLogContext({ job_id: 'j' }, () => process.stderr.write('x\\n'))",
    ON,
  );
  assert.is(record?.scope.name, 'stdio');
  assert.is(record?.attributes['log.iostream'], 'stderr');
  assert.is(record?.attributes.job_id, 'j');
});

test('pino still writes past the stream, as to one that nobody has changed', async () => {
  await assertUnnoticed(
    `const { stdout } = process;
     console.log(stdout.write === stdout.constructor.prototype.write, stdout.write.name, stdout.write.length, Object.keys(stdout).includes('write'));
     console.log(Object.getOwnPropertyDescriptor(process, 'stdout').enumerable, process.stdout === stdout);`,
    ON,
  );
});

test('`for … in` finds the methods of the stream', async () => {
  await assertUnnoticed(
    `const names = [];
     for (const name in process.stdout) names.push(name);
     console.log(names.sort().join());`,
    ON,
  );
});

test.run();
