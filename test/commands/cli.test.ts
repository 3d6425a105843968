import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageCommand } from '../helpers/packed-package.js';
import { HAS_PTY } from '../helpers/pty.js';
import { REPOSITORY } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { runProgram } from '../helpers/run-program.js';
import { withAlteredPackage } from './altered-package.js';

const test = suite('commands/cli');
const onTerminal = HAS_PTY ? test : test.skip;
if (!HAS_PTY) console.log('skipped: no util-linux "script" here, so no terminal');

const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

const results: readonly (readonly [args: readonly string[], stdout: RegExp])[] = [
  [['--help'], /^Usage: otel-register <command>[\s\S]*^ {2}run {2}/m],
  [['-h'], /^Usage: otel-register <command>/],
  [['--version'], new RegExp(`^${version}\n$`)],
  [['-v'], new RegExp(`^${version}\n$`)],
  [['run', '--help'], /^Usage: otel-register run /],
  [['run', '-h', 'node'], /^Usage: otel-register run /],
  [['help'], /^Usage: otel-register <command>/],
  [['help', 'run'], /^Usage: otel-register run [\s\S]*^ {6}--endpoint <url> {2}/m],
  [['help', 'help'], /^Usage: otel-register help \[command\]/],
  [['doctor', '--help'], /^Usage: otel-register doctor [\s\S]*^ {6}--json {2}/m],
  [['doctor', '.', '--help'], /^Usage: otel-register doctor /],
  [['completion', '--help'], /^Usage: otel-register completion bash/],
  [['view', '--help'], /^Usage: otel-register view /],
];

for (const [args, stdout] of results) {
  test(`${args.join(' ')} prints on stdout alone, and ends with 0`, async () => {
    const result = await runCommand(args);

    assert.match(String(result.stdout), stdout);
    assert.is(String(result.stderr), '');
    assert.is(result.code, 0);
  });
}

const mistakes: readonly (readonly [args: readonly string[], stderr: string, help: string])[] = [
  [[], 'A command is missing.', '--help'],
  [['rum'], 'There is no command "rum"; "run" is the nearest there is.', '--help'],
  [['docter'], 'There is no command "docter"; "doctor" is the nearest there is.', '--help'],
  [['constructor'], 'There is no command "constructor".', '--help'],
  [['version'], 'There is no command "version": it is --version.', '--help'],
  [['comp'], 'There is no command "comp"; "completion" is the nearest there is.', '--help'],
  [['--vers'], "Unknown option '--vers'; --version is the nearest that is known.", '--help'],
  [['--colour'], "Unknown option '--colour'.", '--help'],
  [['--versoin'], "Unknown option '--versoin'; --version is the nearest that is known.", '--help'],
  [['run'], 'run needs a program to start.', 'run --help'],
  [['run', '--'], 'run needs a program to start.', 'run --help'],
  [['run', '--import', 'x', 'node'], "Unknown option '--import'.", 'run --help'],
  [
    ['run', '--endpiont=x', 'node'],
    "Unknown option '--endpiont'; --endpoint is the nearest that is known.",
    'run --help',
  ],
  [['run', '--help=1', 'node'], "Option '-h, --help' does not take an argument.", 'run --help'],
  [['run', '--service'], "Option '--service <value>' argument missing.", 'run --help'],
  [['run', '--service', '--pool', 'a'], "Option '--service' argument is ambiguous.", 'run --help'],
  [['run', '--pool=', 'node'], '--pool needs a value.', 'run --help'],
  [
    ['run', '--level', 'loud', 'node'],
    '--level is "loud", and not one of trace, debug, info, warn, error, fatal.',
    'run --help',
  ],
  [
    ['run', '--endpoint', 'ftp://x', 'node'],
    '--endpoint is "ftp://x", and not an http:// or https:// URL.',
    'run --help',
  ],
  [
    ['run', '--view', '--endpoint', 'http://x', 'node'],
    '--view is an endpoint of its own: leave out --endpoint.',
    'run --help',
  ],
  [['help', 'rum'], 'There is no command "rum"; "run" is the nearest there is.', '--help'],
  [['help', 'run', 'x'], 'There is nothing to do with "x".', '--help'],
  [
    ['doctor', '--jsn'],
    "Unknown option '--jsn'; --json is the nearest that is known.",
    'doctor --help',
  ],
  [['doctor', 'no-such.js'], 'There is no program "no-such.js".', 'doctor --help'],
  [['doctor', '.', 'x'], 'There is nothing to do with "x".', 'doctor --help'],
  [
    ['doctor', '--timeout-ms', '1s'],
    '--timeout-ms is "1s", and not a whole number from 1 to 600000.',
    'doctor --help',
  ],
  [['completion'], 'There are completions for bash, zsh, fish.', 'completion --help'],
  [
    ['completion', 'tcsh'],
    'There are completions for bash, zsh, fish, and not for "tcsh".',
    'completion --help',
  ],
  [['view', 'now'], 'There is nothing to do with "now".', 'view --help'],
  [
    ['view', '--poort', '1'],
    "Unknown option '--poort'; --port is the nearest that is known.",
    'view --help',
  ],
  [
    ['view', '--port', '70000'],
    '--port takes a whole number from 0 to 65535; got "70000".',
    'view --help',
  ],
  [
    ['view', '--ui-port', '0x1'],
    '--ui-port takes a whole number from 0 to 65535; got "0x1".',
    'view --help',
  ],
  [
    ['view', '--max-records=0'],
    '--max-records takes a whole number of at least 1; got "0".',
    'view --help',
  ],
  [
    ['view', '--max-bytes=9'],
    '--max-bytes takes a whole number of at least 16777216; got "9".',
    'view --help',
  ],
  [['view', '--db='], '--db needs a value.', 'view --help'],
];

for (const [args, stderr, help] of mistakes) {
  test(`"otel-register ${args.join(' ')}" is explained on stderr, and ends with 2`, async () => {
    const result = await runCommand(args);

    assert.is(String(result.stderr), `otel-register: ${stderr}\nTry "otel-register ${help}".\n`);
    assert.is(String(result.stdout), '');
    assert.is(result.code, 2);
  });
}

test('a reader that is gone is no trouble', async () => {
  // The shell's `true` has long ended when there is something to read.
  const line = `{ sleep 0.2; '${NODE}' '${packageCommand()}' --help; echo "$?" >&2; } | true`;

  const { stdout, stderr } = await runProgram(['bash', '-c', line]);

  assert.is(stderr, '0\n');
  assert.is(stdout, '');
});

test('results that cannot be written are told in one line, and end with 1', async () => {
  const line = `'${NODE}' '${packageCommand()}' --help > /dev/full`;

  const { stderr, code } = await runProgram(['bash', '-c', line]);

  assert.match(stderr, /^otel-register: stdout cannot be written: ENOSPC[^\n]*\n$/);
  assert.is(code, 1);
});

for (const args of [['--help'], ['--version'], ['help', 'doctor']]) {
  test(`${args.join(' ')} loads no command`, () => {
    const broken = ['run', 'doctor', 'completion'].map(name => [
      `dist/commands/${name}.cjs`,
      'throw new Error("loaded")',
    ]);
    return withAlteredPackage(Object.fromEntries(broken), async command => {
      const { stdout, stderr, code } = await runCommand(args, { script: command });

      assert.ok(stdout.length > 0);
      assert.is(String(stderr), '');
      assert.is(code, 0);
    });
  });
}

onTerminal('--help on a terminal has no colours either', async () => {
  const result = await runCommand(['--help'], { stdio: 'pty' });

  assert.match(String(result.stdout), 'Usage');
  assert.not.match(String(result.stdout), '\x1b');
});

test.run();
