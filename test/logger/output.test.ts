import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonLines, type LoggerRun, runLogger } from './logger-program.js';

const test = suite('logger/output');

for (const file of ['main.cjs', 'main.mjs'] satisfies LoggerRun['file'][]) {
  test(`${file} prints JSON where there is no terminal, without the preload`, async () => {
    const program = `
      const logger = createLogger({ name: 'worker', fields: { pool: 'fast-lane' } });
      logger.info('Job completed', { job_id: 'workflow-123', took: { ms: 5432 } });
    `;
    const { stdout, stderr, code } = await runLogger(program, { file });

    assert.is(String(stderr), '');
    assert.is(code, 0);
    assert.match(String(stdout), /^\{"timestamp":"\d{4}-\d\d-\d\dT[\d:.]+Z",/);
    assert.equal(jsonLines(stdout), [
      {
        level: 'info',
        message: 'Job completed',
        logger: 'worker',
        pool: 'fast-lane',
        job_id: 'workflow-123',
        took: { ms: 5432 },
      },
    ]);
  });
}

test('warnings and errors go to stderr, as those of the console do', async () => {
  const { stdout, stderr } = await runLogger(
    "const l = createLogger(); l.info('a'); l.warn('b'); l.error('c');",
  );
  assert.equal(
    jsonLines(stdout).map(({ message }) => message),
    ['a'],
  );
  assert.equal(
    jsonLines(stderr).map(({ message }) => message),
    ['b', 'c'],
  );
});

test('an object alone is printed as by the console, and texts are no stacks', async () => {
  const { stdout } = await runLogger(
    "const l = createLogger(); l.info({ a: { b: 1 } }); l.info('Stacked', { stack: 'of books' });",
  );
  assert.equal(jsonLines(stdout), [
    { level: 'info', message: '{ a: { b: 1 } }', a: { b: 1 } },
    { level: 'info', message: 'Stacked', stack: 'of books' },
  ]);
});

test('a child adds its fields, and those of its parents', async () => {
  const program = `
    const child = createLogger({ fields: { a: 1 } }).child({ b: 2 }).child({ c: 3 });
    child.info('Deep', { d: 4 });
  `;
  const { stdout } = await runLogger(program);
  assert.equal(jsonLines(stdout), [{ level: 'info', message: 'Deep', a: 1, b: 2, c: 3, d: 4 }]);
});

const failures: readonly (readonly [call: string, fields: object])[] = [
  ["logger.error('Job failed', error)", { message: 'Job failed' }],
  ["logger.error('Job failed', { job_id: 3 }, error)", { message: 'Job failed', job_id: 3 }],
  ['logger.error(error)', { message: 'out of memory' }],
  ["logger.child({ step: 2 }).error('Job failed', error)", { message: 'Job failed', step: 2 }],
];
for (const [call, fields] of failures) {
  test(`${call} prints the error's type, message, stack and own fields`, async () => {
    const { stderr } = await runLogger(`
      const logger = createLogger();
      const error = Object.assign(new RangeError('out of memory'), { code: 'ENOMEM', gpu: 1 });
      ${call};
    `);
    const [{ 'exception.stacktrace': stack, ...line } = {}] = jsonLines(stderr);
    assert.equal(line, {
      level: 'error',
      gpu: 1,
      ...fields,
      'exception.type': 'RangeError',
      'exception.message': 'out of memory',
      'error.code': 'ENOMEM',
    });
    assert.match(String(stack), /^RangeError: out of memory\n {4}at .*main\.cjs/);
  });
}

test("a child's lone error is printed as one, although winston hands on a copy", async () => {
  const { stderr } = await runLogger(
    "createLogger().child({ step: 2 }).error(new RangeError('full'));",
  );
  const [{ 'exception.stacktrace': stack, ...line } = {}] = jsonLines(stderr);
  assert.equal(line, {
    level: 'error',
    message: 'full',
    step: 2,
    'exception.type': 'RangeError',
    'exception.message': 'full',
  });
  assert.match(String(stack), /^RangeError: full\n/);
});

test('a field called message stays one', async () => {
  const { stdout } = await runLogger("createLogger().info('Outer', { message: 'inner' });");
  assert.equal(jsonLines(stdout), [{ level: 'info', message: 'Outer', 'user.message': 'inner' }]);
});

test('LOG_FORMAT=console prints lines for people', async () => {
  const { stdout } = await runLogger("createLogger().info('Job completed', { job_id: 7 });", {
    env: { LOG_FORMAT: 'console' },
  });
  assert.match(String(stdout), /^\d\d:\d\d:\d\d\.\d{3} INFO {2}Job completed job_id=7\n$/);
});

test('a terminal gets lines for people, in colour', async () => {
  const { stdout } = await runLogger("createLogger().info('Hello');", {
    stdio: 'pty',
    env: { TERM: 'xterm-256color', NO_COLOR: undefined },
  });
  assert.ok(String(stdout).includes('\x1b[32mINFO \x1b[0m Hello'), String(stdout));
});

test('the fields of the log context are printed', async () => {
  const program = `
    const { withLogContext } = require('@emp/otel-register/api');
    withLogContext({ request_id: 'r1' }, () => createLogger().info('Hello'));
  `;
  const { stdout } = await runLogger(program, {
    preload: 'require',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_REGISTER_SPOOL: 'off' },
  });
  assert.equal(jsonLines(stdout), [{ level: 'info', message: 'Hello', request_id: 'r1' }]);
});

test.run();
