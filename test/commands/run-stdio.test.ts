import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { packageCommand } from '../helpers/packed-package.js';
import { HAS_PTY } from '../helpers/pty.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('commands/run-stdio');

const LOOKS = join(FIXTURES, 'commands/looks.cjs');
const BYTES = join(FIXTURES, 'commands/bytes.cjs');

test('any bytes pass through stdin, stdout and stderr', async () => {
  const input = Buffer.concat([randomBytes(300_000), Buffer.from('\xff\0no line end', 'latin1')]);
  const bare = await runNode({ script: BYTES, preload: false, input });

  const ours = await runCommand(['run', NODE, BYTES], { input });

  assert.ok(ours.stdout.equals(input));
  assert.is(ours.stderr.length > 0, bare.stderr.length > 0);
  assert.is(ours.code, 0);
});

for (const stdio of ['pipe', 'file', 'pty'] as const) {
  const whereIsOne = stdio === 'pty' && !HAS_PTY ? test.skip : test;
  whereIsOne(`a program sees the ${stdio} it was given, and its own arguments`, async () => {
    const args = ['--help', '--', '-x', 'a b', ''];
    const bare = await runNode({ script: LOOKS, args, preload: false, stdio });

    const ours = await runCommand(['run', NODE, LOOKS, ...args], { stdio });

    assert.is(String(ours.stdout), String(bare.stdout));
    assert.is(String(ours.stderr), '');
  });
}

for (const args of [
  ['run', NODE, '-p', '1'],
  ['run', '--', NODE, '-p', '1'],
  ['--', 'run', '--', NODE, '-p', '1'],
]) {
  test(`"${args.slice(0, -3).join(' ')}" leaves the program's options to the program`, async () => {
    assert.is(String((await runCommand(args)).stdout), '1\n');
  });
}

test('a pipe ends when the program closes it, and not only when the program ends', async () => {
  const program = 'exec >&-; read line; exit 4';
  const child = spawn(NODE, [packageCommand(), 'run', 'sh', '-c', program], {
    env: childEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });

  await once(child.stdout.resume(), 'end');
  child.stdin.end('now\n');

  assert.equal(await once(child, 'exit'), [4, null]);
});

test('a pipe that the program closes takes no more input', async () => {
  const program = 'exec <&-; trap "exit 4" TERM; echo closed; while :; do sleep 0.05; done';
  const child = spawn(NODE, [packageCommand(), 'run', 'sh', '-c', program], {
    env: childEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });

  await once(child.stdout, 'data');
  // run may not have let go of it yet, and then the pipe takes a line.
  const writing = setInterval(() => child.stdin.write('anybody?\n'), 10);
  const [error] = await once(child.stdin, 'error');
  clearInterval(writing);
  child.kill('SIGTERM');

  assert.is(error.code, 'EPIPE');
  assert.equal(await once(child, 'exit'), [4, null]);
});

test.run();
