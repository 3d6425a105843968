import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageCommand } from '../helpers/packed-package.js';
import { HAS_PTY } from '../helpers/pty.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, QUIET, runCommand } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('commands/run-terminal');
// A terminal comes from `script` of util-linux.
const onTerminal = HAS_PTY ? test : test.skip;
if (!HAS_PTY) console.log('skipped: no util-linux "script" here, so no terminal');

const HAS_BASH = spawnSync('bash', ['--version']).status === 0;
const withJobs = HAS_PTY && HAS_BASH ? test : test.skip;
if (!HAS_BASH) console.log('skipped: no bash here, so no job control');

const HEARS = join(FIXTURES, 'commands/hears.cjs');

const keys: readonly (readonly [name: string, key: string, signal: string])[] = [
  ['Ctrl-C', '\x03', 'SIGINT'],
  ['Ctrl-\\', '\x1c', 'SIGQUIT'],
];

for (const [name, key, signal] of keys) {
  onTerminal(`a program hears ${name} once`, async () => {
    const result = await runCommand(['run', NODE, HEARS, signal], {
      stdio: 'pty',
      input: key,
      inputAfter: 'ready',
      onSpawn: child => {
        child.stdout!.on('data', text => {
          if (String(text).includes('heard')) child.stdin!.write('end\n');
        });
      },
    });

    assert.is(String(result.stdout).match(/heard/g)?.length, 1);
    assert.is(result.code, 0);
  });
}

onTerminal('a program hears once that its window has another size', async () => {
  const program = `
    process.on('SIGWINCH', () => { console.log('heard'); setTimeout(() => process.exit(3), 100); });
    require('child_process').spawnSync('stty', ['cols', '77'], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`;

  const result = await runCommand(['run', NODE, '-e', program], { stdio: 'pty' });

  assert.is(String(result.stdout), 'heard\r\n');
  assert.is(result.code, 3);
});

onTerminal(
  'SIGTERM reaches a program on a terminal, and ends run as it ends the program',
  async () => {
    const result = await runCommand(['run', NODE, HEARS], {
      stdio: 'pty',
      signalAfter: { signal: 'SIGTERM', output: 'ready' },
    });

    assert.is(result.code, 143);
  },
);

withJobs('Ctrl-Z stops the program and run, and "fg" goes on with both', async () => {
  const script = 'set -m; "$@"; echo stopped $?; fg >/dev/null; echo ended $?';
  const command = [NODE, packageCommand(), 'run', NODE, join(FIXTURES, 'commands/stops.cjs')];

  const result = await runNode({
    nodePath: 'bash',
    preload: false,
    args: ['-c', script, 'bash', ...command],
    env: QUIET,
    stdio: 'pty',
    input: '\x1a',
    inputAfter: 'ready',
  });

  const lines = String(result.stdout)
    .split('\r\n')
    .filter(line => !/^(\^Z|$|\[)/.test(line));
  assert.equal(lines, ['ready', 'stopped 148', 'continued', 'ended 3']);
});

test.run();
