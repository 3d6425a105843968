import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { packageCommand } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';

const test = suite('commands/run-signals');
const HAS_BASH = spawnSync('bash', ['--version']).status === 0;
const withJobs = HAS_BASH ? test : test.skip;
if (!HAS_BASH) console.log('skipped: no bash here, so no job control');

const HEARS = join(FIXTURES, 'commands/hears.cjs');
const STOPS = join(FIXTURES, 'commands/stops.cjs');

const FORWARDED = [
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const),
  ...([
    'SIGCONT',
    'SIGALRM',
    'SIGPROF',
    'SIGABRT',
    'SIGTRAP',
    'SIGXCPU',
    'SIGIO',
    'SIGPWR',
  ] as const),
];

for (const signal of FORWARDED) {
  test(`a program hears ${signal} once, and run goes on`, async () => {
    const result = await runCommand(['run', NODE, HEARS, signal], {
      signalAfter: { signal, output: 'ready' },
      input: 'end\n',
      inputAfter: `heard ${signal}`,
    });

    assert.match(String(result.stdout), new RegExp(`^ready \\d+\nheard ${signal}\n$`));
    // On SIGUSR1 a Node process would announce its inspector.
    assert.is(String(result.stderr), '');
    assert.equal([result.code, result.signal], [0, null]);
  });
}

test('a second SIGTERM is forwarded as the first', async () => {
  const result = await runCommand(['run', NODE, HEARS, 'SIGTERM'], {
    signalAfter: { signal: 'SIGTERM', output: 'ready' },
    onSpawn: child => {
      child.stdout!.once('data', () =>
        child.stdout!.once('data', () => {
          child.kill('SIGTERM');
        }),
      );
    },
    input: 'end\n',
    inputAfter: 'heard SIGTERM\nheard SIGTERM\n',
  });

  assert.match(String(result.stdout), /^ready \d+\nheard SIGTERM\nheard SIGTERM\n$/);
  assert.is(result.code, 0);
});

for (const signal of ['SIGTERM', 'SIGUSR1', 'SIGQUIT'] as const) {
  test(`${signal} ends a program that does not listen, and then run`, async () => {
    const result = await runCommand(['run', 'sh', '-c', 'echo ready; exec sleep 60'], {
      signalAfter: { signal, output: 'ready' },
    });

    assert.equal([result.code, result.signal], [null, signal]);
  });
}

test('a program whose run is killed lives on', async () => {
  const program = 'echo ready; while kill -0 $PPID; do sleep 0.05; done 2>/dev/null; echo alone';
  const result = await runCommand(['run', 'sh', '-c', program], {
    signalAfter: { signal: 'SIGKILL', output: 'ready' },
  });

  assert.is(result.signal, 'SIGKILL');
  assert.is(String(result.stdout), 'ready\nalone\n');
});

withJobs('SIGTSTP stops the program and run, SIGCONT goes on with both', () => {
  const script = `set -m; "$@" & wait $!; echo stopped $?; kill -CONT $!; wait -f $!; echo ended $?`;
  const command = [NODE, packageCommand(), 'run', NODE, STOPS, 'SIGTSTP'];

  const { stdout } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    env: childEnvironment(),
    encoding: 'utf8',
    timeout: 20_000,
  });

  assert.is(stdout, 'ready\nstopped 148\ncontinued\nended 3\n');
});

test.run();
