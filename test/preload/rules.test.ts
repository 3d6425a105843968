import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rulesFile } from '../helpers/rules-file.js';
import { runNode } from '../helpers/run-node.js';
import { linesOf, recordsOf } from './console-records.js';

const test = suite('preload/rules');

const withRules = (text: string) => ({ OTEL_REGISTER_RULES: rulesFile(text) });

test('rules raise, lower, drop, add to and extract from what a program logs', async () => {
  const env = withRules(`
    level: info
    rules:
      - { match: { message: '^Job (?<job_id>\\S+) ' }, extract: true, rename: { cust: customer_id } }
      - { match: { method: debug, message: /failed/ }, severity: error, add: { raised: true } }
      - { match: { message: ^GET }, drop: true }
      - { match: { method: log, message: ^Polling }, severity: debug }
  `);

  const records = await recordsOf(
    `console.debug('Upload failed', { a: 1 });
     console.debug('below the level');
     console.log('Polling');
     console.info('GET /health');
     console.warn('Job 7 is slow', { cust: 'abc123' });
     console.log('{"level":"debug","message":"Job 8 is JSON"}');`,
    env,
  );

  assert.equal(linesOf(records), [
    ['ERROR', 'Upload failed', { a: 1, raised: true }],
    ['WARN', 'Job 7 is slow', { customer_id: 'abc123', job_id: '7' }],
  ]);
});

test('secrets of its own are taken out, beside the known ones', async () => {
  const env = {
    ...withRules("redact: { keys: [ssn], patterns: ['CUST-\\d{6}'], allow: [session_token] }"),
    OTEL_REGISTER_REDACT_KEYS: 'iban',
  };

  const records = await recordsOf(
    `console.log('of CUST-123456', { ssn: '078-05-1120', iban: 'DE89', session_token: 'kept', password: 'hunter2' });`,
    env,
  );

  assert.equal(linesOf(records), [
    [
      'INFO',
      'of [REDACTED]',
      { ssn: '[REDACTED]', iban: '[REDACTED]', session_token: 'kept', password: '[REDACTED]' },
    ],
  ]);
});

test('a file may be JSON', async () => {
  const rule = { match: { message: 'a (?<word>\\S+)' }, extract: true, severity: 'warn' };

  const records = await recordsOf(
    `console.log('a line')`,
    withRules(JSON.stringify({ rules: [rule] }, null, '\t')),
  );

  assert.equal(linesOf(records), [['WARN', 'a line', { word: 'line' }]]);
});

test('ready-made sets need no file', async () => {
  const program = `console.log('Job 7 for customer abc1', { n: 1 }); console.log('took ms=5')`;

  const records = await recordsOf(program, { OTEL_REGISTER_RULES: 'context-ids, key-value' });

  assert.equal(linesOf(records), [
    ['INFO', 'Job 7 for customer abc1', { n: 1, job_id: '7', customer_id: 'abc1' }],
    ['INFO', 'took ms=5', { ms: '5' }],
  ]);
});

test('a rule is about the calls of one file', async () => {
  const env = withRules(`
    rules:
      - { match: { file: rules/quiet.cjs, level: error }, keep: true }
      - { match: { file: rules/quiet.cjs }, drop: true }
  `);

  const records = await recordsOf('rules/loud.cjs', env);

  assert.equal(
    records.map(({ body }) => body),
    ['from loud.cjs', 'error in quiet.cjs'],
  );
});

test('what a program dies of is sent, even where a rule drops everything', async () => {
  const env = withRules('rules: [{ drop: true }]');
  const { code, stderr } = await runNode({ args: ['-e', 'throw new Error("last words")'], env });
  assert.is(code, 1, stderr.toString());

  const records = await recordsOf(
    `console.log('dropped'); process.once('exit', () => { process.exitCode = 0; });
     process.setUncaughtExceptionCaptureCallback(null);
     setImmediate(() => { throw new Error('last words'); });
     process.on('uncaughtException', () => process.exit(0));`,
    env,
  );
  assert.equal(
    records.map(({ severityText, body }) => [severityText, body]),
    [['FATAL', 'Error: last words']],
  );
});

test('matching leaves no trace in RegExp.$1 and its like', async () => {
  const rule = `rules: [{ extract: '(?<job>Job) (\\S+)' }, { match: { message: 'c(o)de' }, add: { a: 1 } }]`;
  const env = withRules(`use: [context-ids, key-value]\n${rule}`);

  const { stdout } = await runNode({ script: 'rules/last-match.cjs', env });

  assert.match(stdout.toString(), '\n42|42|number |number 42 here\n');
});

test('no built-in that the program has replaced runs for a rule', async () => {
  const env = withRules(`
    use: [context-ids, key-value]
    rules:
      - { match: { message: '(?<a>t)ext' }, extract: true, add: { b: 1 }, rename: { a: c } }
      - { match: { attributes: { level: warn } }, sample: 0.5 }
      - { match: { message: '/x/i', scope: console }, fold: true, rateLimit: 1 }
  `);
  const script = 'console/patched-builtins.cjs';

  const [ours, without] = await Promise.all([
    runNode({ script, env }),
    runNode({ script, preload: false }),
  ]);

  assert.is(
    ours.stdout.toString().replace(/^t: .*$/m, ''),
    without.stdout.toString().replace(/^t: .*$/m, ''),
  );
});

test('a program prints what its rules drop', async () => {
  const { stdout, code } = await runNode({
    args: ['-e', 'console.log("dropped")'],
    env: withRules('rules: [{ drop: true }]'),
  });

  assert.is(stdout.toString(), 'dropped\n');
  assert.is(code, 0);
});

test.run();
