import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { packageCommand } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE } from '../helpers/run-command.js';

const test = suite('commands/run-messages');

const TALKS = join(FIXTURES, 'commands/talks.cjs');

function forkRun(...program: string[]): ChildProcess {
  return fork(packageCommand(), ['run', ...program], {
    execPath: NODE,
    execArgv: [],
    env: childEnvironment(),
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
}

test('messages pass both ways, the last words of a program too', async () => {
  const child = forkRun(NODE, TALKS);
  const ended = once(child, 'exit');

  child.send({ job: 1 });
  assert.equal((await once(child, 'message'))[0], { echo: { job: 1 } });
  child.send('go');

  assert.equal((await once(child, 'message'))[0], 'going');
  assert.equal(await ended, [5, null]);
});

test('handles pass', async () => {
  const child = forkRun(NODE, TALKS);
  const ended = once(child, 'exit');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');

  child.send('server', server);
  assert.equal((await once(child, 'message'))[0], { isListening: true });
  server.close();
  child.send('go');

  assert.equal(await ended, [5, null]);
});

test('a parent that disconnects is seen by the program', async () => {
  const child = forkRun(NODE, TALKS);
  const ended = once(child, 'exit');

  child.send('hello');
  await once(child, 'message');
  child.disconnect();

  assert.equal(await ended, [6, null]);
});

test('a program that cannot be started does not leave run waiting for messages', async () => {
  const child = forkRun('no-such-program');

  assert.equal(await once(child, 'exit'), [127, null]);
});

test('a process that holds the channel after the program has ended does not hold run', async () => {
  const child = forkRun('sh', '-c', 'sleep 5 & exit 7');

  const [code] = await once(child, 'exit');

  assert.is(code, 7);
});

test.run();
