import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLines, runFormatted, said } from './formatted-output.js';

const test = suite('preload/format-crash');

const deaths = {
  'endings/crash-throw.cjs': 'TypeError: broken',
  'endings/crash-later.cjs': 'Error: later',
  'endings/rejection.cjs': undefined,
  'endings/handler-exits.cjs': 'Error: broken',
} as const;

for (const [script, message] of Object.entries(deaths)) {
  test(`${script} ends as without a format, with one fatal line before Node's own text`, async () => {
    const [plain, json] = await Promise.all([
      runFormatted(script, undefined),
      runFormatted(script, 'json'),
    ]);

    assert.equal([json.code, json.signal], [plain.code, plain.signal]);
    const lines = json.err.split('\n');
    const fatal = lines.filter(line => line.includes('"level":"fatal"'));
    assert.is(fatal.length, 1, json.err);
    const line = parseLines(`${fatal[0]}\n`)[0]!;
    if (message !== undefined) assert.is(line.message, message);
    assert.is(line['exception.handled'], false);
    assert.is(
      line.message,
      json.records.find(({ severityText }) => severityText === 'FATAL')!.body,
    );
    const native = nativeText(plain.err);
    assert.is(nativeText(json.err), native);
    if (native !== '') assert.ok(json.err.indexOf(fatal[0]!) < json.err.indexOf(native));
  });
}

test('an error that is handled is no line: nothing ends', async () => {
  const { err, records } = await runFormatted(
    "process.on('uncaughtException', () => console.error('caught')); setTimeout(() => { throw new Error('x'); });",
    'json',
  );

  assert.equal(parseLines(err).map(said), [['error', 'caught']]);
  assert.equal(records.map(({ severityText }) => severityText).sort(), ['ERROR', 'ERROR']);
});

test('with the format console the end is told by Node alone', async () => {
  const [plain, human] = await Promise.all([
    runFormatted("throw new Error('x')", undefined),
    runFormatted("throw new Error('x')", 'console'),
  ]);

  assert.is(human.err, plain.err);
  assert.is(human.code, plain.code);
});

// What no console printed: Node's account of the error.
function nativeText(stderr: string): string {
  const lines = stderr.split('\n').filter(line => !line.startsWith('{"timestamp"'));
  const start = lines.findIndex(line => /^(?:\/|node:|file:|Uncaught)/.test(line));
  return start === -1 ? '' : lines.slice(start).join('\n');
}

test.run();
