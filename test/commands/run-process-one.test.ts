import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { installPackedPackage, packageCommand } from '../helpers/packed-package.js';
import { HAS_PTY } from '../helpers/pty.js';
import { FIXTURES, PACKAGE_NAME } from '../helpers/repository.js';
import { NODE, QUIET } from '../helpers/run-command.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';

const test = suite('commands/run-process-one');

const UNSHARE = ['--fork', '--pid', '--mount-proc'];
const HAS_UNSHARE = spawnSync('unshare', [...UNSHARE, 'true']).status === 0;
// Only the kernel makes a process number 1, as it does in a container.
const asProcessOne = HAS_UNSHARE ? test : test.skip;
const onTerminal = HAS_UNSHARE && HAS_PTY ? test : test.skip;
if (!HAS_UNSHARE) console.log('skipped: no PID namespace may be made here');

const SCRIPT = join(installPackedPackage(), 'node_modules', PACKAGE_NAME, 'bin/process-one.sh');
const ENDS = join(FIXTURES, 'commands/ends.cjs');
const HEARS = join(FIXTURES, 'commands/hears.cjs');
const ORPHAN = join(FIXTURES, 'commands/orphan.cjs');

const PLAIN = [NODE, packageCommand(), 'run'];
const CAN_HAND_OVER = NODE_MAJOR >= 22;
const ways: readonly (readonly [name: string, command: readonly string[]])[] = [
  ...(CAN_HAND_OVER ? [['run', PLAIN] as const] : []),
  ['sh process-one.sh run', ['sh', SCRIPT, ...PLAIN]],
];

/** Runs a command as process 1 of a PID namespace. */
function runAsOne(command: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const args = [...UNSHARE, ...command];
  return runNode({ nodePath: 'unshare', preload: false, args, env: QUIET, ...options });
}

for (const [name, command] of ways) {
  asProcessOne(`${name} as process 1 collects what the program leaves behind`, async () => {
    const result = await runAsOne([...command, NODE, ORPHAN]);

    assert.is(String(result.stdout), 'collected\n');
    assert.is(String(result.stderr), '');
    assert.is(result.code, 0);
  });

  for (const [ending, code] of [
    [['code', '0'], 0],
    [['code', '7'], 7],
    [['code', '127'], 127],
    [['code', '200'], 200],
    [['signal', 'SIGTERM'], 143],
    [['signal', 'SIGKILL'], 137],
    [['abort'], 134],
  ] as const) {
    asProcessOne(`${name} as process 1 ends with ${code} after ${ending.join(' ')}`, async () => {
      const result = await runAsOne([...command, NODE, ENDS, ...ending]);

      assert.is(String(result.stdout), 'ending\n');
      assert.is(result.code, code);
      if (ending[0] !== 'abort') assert.is(String(result.stderr), '');
    });
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const) {
    asProcessOne(`${name} as process 1 passes ${signal} and stdin on`, async () => {
      const result = await runAsOne([...command, NODE, HEARS, signal], {
        onSpawn: child => {
          child.stdout!.once('data', () => process.kill(childOf(child.pid!), signal));
        },
        input: 'end\n',
        inputAfter: `heard ${signal}`,
      });

      assert.match(String(result.stdout), new RegExp(`^ready \\d+\nheard ${signal}\n$`));
      assert.is(result.code, 0);
    });
  }

  asProcessOne(`${name} as process 1 says that there is no such program`, async () => {
    const result = await runAsOne([...command, 'no-such-program']);

    assert.is(String(result.stderr), 'otel-register: no-such-program: command not found\n');
    assert.is(result.code, 127);
  });

  onTerminal(`${name} as process 1 of a terminal lets a program hear Ctrl-C once`, async () => {
    const result = await runAsOne([...command, NODE, HEARS, 'SIGINT'], {
      stdio: 'pty',
      input: '\x03',
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

asProcessOne('a Node that stays process 1 ends as the program ends, too', async () => {
  const noShell = CAN_HAND_OVER
    ? ['--permission', '--allow-fs-read=*', '--allow-child-process']
    : [];
  const [node, ...rest] = PLAIN;

  const result = await runAsOne([node!, ...noShell, ...rest, NODE, ENDS, 'signal', 'SIGTERM']);

  assert.is(result.code, 143);
});

function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}

test.run();
