import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HAS_PTY } from '../helpers/pty.js';
import { runFormatted } from './formatted-output.js';

const test = suite('preload/format-console');

const TIME = /^\d\d:\d\d:\d\d\.\d{3} /gm;

/** What is printed, its times put away: every one of ours must begin with one. */
async function printed(program: string, env: Record<string, string> = {}): Promise<string> {
  const { out, err } = await runFormatted(program, 'console', { env });
  return `${out}${err}`.replaceAll(TIME, '> ');
}

const shapes: Record<string, string> = {
  "console.log('plain')": '> INFO  plain\n',
  'console.log()': '> INFO  \n',
  "console.debug('two\\nlines')": '> DEBUG two\n    lines\n',
  "console.warn('fields', { a: 1, b: 'x y', c: [1, { d: null }], e: '' })":
    '> WARN  fields a=1 b="x y" c=[1,{"d":null}] e=""\n',
  'console.log({ a: 1 }, [2])': '> INFO  { a: 1 } [ 2 ]\n',
  "console.count('c')": '> INFO  c: 1\n',
  "console.group('g'); console.log('in\\ntwo', { a: 1 });":
    '> INFO  g\n> INFO    in\n      two a=1\n',
  'console.log(\'{"level":"error","msg":"json","job":"j1"}\')': '> ERROR json job=j1\n',
  'console.table([[1]])':
    '> INFO  ┌─────────┬───┐\n    │ (index) │ 0 │\n    ├─────────┼───┤\n    │ 0       │ 1 │\n    └─────────┴───┘\n',
};

for (const [call, expected] of Object.entries(shapes)) {
  test(`${call} is a line for people`, async () => {
    assert.is(await printed(call), expected);
  });
}

test('an error after a message is its stack, indented; one alone is printed once', async () => {
  const text = await printed(`
    const error = new TypeError('boom', { cause: 'why' });
    error.stack = 'TypeError: boom\\n    at there';
    console.error('failed', Object.assign(error, { code: 'E1' }), { job: 'j1' });
    console.error(Object.assign(new RangeError('alone'), { stack: 'RangeError: alone\\n    at there' }));
  `);

  assert.is(
    text,
    '> ERROR failed job=j1 error.code=E1\n    TypeError: boom\n        at there\n    Caused by: why\n' +
      '> ERROR RangeError: alone\n        at there\n',
  );
});

test('no text, key or error can look like a line, or act on a terminal', async () => {
  const forged = '12:00:00.000 FATAL forged';
  const texts = [
    `a\n${forged}`,
    `a\r${forged}`,
    `a\u2028${forged}`,
    'a\u001b[2J\u0007\u009b2J\u202eb\u0000',
  ];
  const { out } = await runFormatted(
    `for (const text of ${JSON.stringify(texts)}) {
      console.log(text);
      console.log('v', { value: text, [text]: [text] });
      console.log('e', new Error(text));
    }`,
    'console',
  );

  assert.not.match(out, /^\S*FATAL/m);
  assert.is(out.match(TIME)!.length, texts.length * 3, 'each line of ours is there, and no other');
  assert.ok(out.split('\n').every(line => line === '' || /^(?:\d\d:\d\d:| {4})/.test(line)));
  assert.not.match(out, /[^\P{Cc}\n]|[\u2028-\u202e]/u);
});

const red = (text: string) => `\u001b[31m${text}\u001b[0m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[0m`;

const onTerminal = HAS_PTY ? test : test.skip;
const program = "console.error('x', { a: 1 }); console.error('%o', { b: 'c' });";

onTerminal('a terminal gets colours, of level, time and fields', async () => {
  const { out } = await runFormatted(program, 'console', {
    stdio: 'pty',
    env: { TERM: 'xterm-256color' },
  });

  const lines = out.split('\r\n');
  assert.is(
    lines[0]!.replace(/\d\d:\d\d:\d\d\.\d{3}/, 'TIME'),
    `${dim('TIME')} ${red('ERROR')} x${dim(' a=1')}`,
  );
  assert.ok(lines[1]!.endsWith(`${red('ERROR')} { b: 'c' }`), 'what is logged has none');
});

for (const [name, value] of [
  ['NO_COLOR', '1'],
  ['NODE_DISABLE_COLORS', '1'],
  ['TERM', 'dumb'],
  ['FORCE_COLOR', '0'],
] as const) {
  onTerminal(`a terminal gets no colours with ${name}=${value}`, async () => {
    const { out } = await runFormatted(program, 'console', {
      stdio: 'pty',
      env: { TERM: 'xterm-256color', [name]: value },
    });

    assert.not.match(out, '\u001b');
  });
}

test('a pipe gets colours with FORCE_COLOR alone', async () => {
  const [plain, forced] = await Promise.all([
    printed(program),
    printed(program, { FORCE_COLOR: '1' }),
  ]);

  assert.not.match(plain, '\u001b');
  assert.ok(forced.includes(red('ERROR')));
});

onTerminal('JSON has no colours on a terminal either', async () => {
  const { out, records } = await runFormatted(program, 'json', {
    stdio: 'pty',
    env: { TERM: 'xterm-256color' },
  });

  assert.not.match(out, '\u001b');
  assert.equal(
    records.map(({ body }) => body),
    ['x', "{ b: 'c' }"],
  );
});

test.run();
