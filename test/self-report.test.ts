import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('self-report');

const MODULE = new URL('../src/self-report.js', import.meta.url).href;

/** Runs statements that may call `say` and `silence`; 'alive' on stdout means nothing was thrown. */
function start(statements: string) {
  const code = `
    import fs from 'node:fs';
    import net from 'node:net';
    import { say, sayAgain, silence } from ${JSON.stringify(MODULE)};
    ${statements}
    fs.writeSync(1, 'alive');`;
  return spawn(process.execPath, ['--input-type=module', '--eval', code]);
}

async function run(statements: string) {
  const child = start(statements);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr };
}

test('a message is one line on stderr, with our name before it', async () => {
  const { stdout, stderr } = await run(`say('a', 'The collector is away.');`);

  assert.is(stderr, 'otel-register: The collector is away.\n');
  assert.is(stdout, 'alive');
});

test('a message without a full stop gets one', async () => {
  assert.is((await run(`say('a', 'No');`)).stderr, 'otel-register: No.\n');
});

test('a code is said once', async () => {
  const { stderr } = await run(`say('a', '1.'); say('a', '2.'); say('b', '3.');`);

  assert.is(stderr, 'otel-register: 1.\notel-register: 3.\n');
});

test('of very many codes those said long ago are forgotten', async () => {
  const { stderr } = await run(`
    say('first', 'First.');
    for (let i = 0; i < 498; i++) say('code ' + i, 'x.');
    say('first', 'First.');
    for (let i = 0; i < 3; i++) say('more ' + i, 'x.');
    say('first', 'First.');`);

  assert.is(stderr.split('First.').length - 1, 2);
});

test('what is said again is said each time', async () => {
  const { stderr } = await run(`sayAgain('Toggled.'); sayAgain('Toggled.');`);

  assert.is(stderr, 'otel-register: Toggled.\notel-register: Toggled.\n');
});

test('nothing is said after silence()', async () => {
  assert.is((await run(`silence(); say('a', '1.');`)).stderr, '');
});

for (const [what, literal, shown] of [
  ['a line break', '\\r\\n', '\\u{d}\\u{a}'],
  ['a colour', '\\x1b[31m', '\\u{1b}[31m'],
  ['an 8-bit control sequence', '\\x9b31m', '\\u{9b}31m'],
  ['a change of text direction', '\\u202e', '\\u{202e}'],
  ['a line separator', '\\u2028', '\\u{2028}'],
  ['half a character', '\\ud83d', '\\u{d83d}'],
] as const) {
  test(`${what} in a message is escaped`, async () => {
    const { stderr } = await run(`say('a', 'x${literal}é😀.');`);

    assert.is(stderr, `otel-register: x${shown}é😀.\n`);
  });
}

test('a replaced console, process.stderr and fs are not used', async () => {
  const { stderr } = await run(`
    const { writeSync } = fs;
    const broken = () => { throw new Error('used'); };
    console.error = process.stderr.write = fs.writeSync = broken;
    (await import('node:module')).default.syncBuiltinESMExports();
    say('a', 'Heard.');
    fs.writeSync = writeSync;`);

  assert.is(stderr, 'otel-register: Heard.\n');
});

test('a closed stderr throws nothing', async () => {
  assert.is((await run(`fs.closeSync(2); say('a', '1.');`)).stdout, 'alive');
});

test('a full stderr throws nothing and does not block', async () => {
  const child = start(`
    const isFull = error => error.code === 'EAGAIN';
    new net.Socket({ fd: 2 }).unref();
    try { for (;;) fs.writeSync(2, 'x'.repeat(1024)); } catch (error) { if (!isFull(error)) throw error; }
    say('a', '1.');`);

  assert.is(await text(child.stdout), 'alive');
  child.kill();
});

test('a stderr whose reader has left throws nothing', async () => {
  const child = start(`
    fs.writeSync(1, 'ready ');
    fs.readSync(0, Buffer.alloc(1));
    say('a', '1.');`);
  await once(child.stdout, 'readable');
  child.stderr.destroy();
  await once(child.stderr, 'close');
  child.stdin.end('x');

  assert.is(await text(child.stdout), 'ready alive');
});

test.run();
