import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HAS_PTY } from '../helpers/pty.js';
import { REPOSITORY } from '../helpers/repository.js';
import { runCommand } from '../helpers/run-command.js';

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

const mistakes: readonly (readonly [args: readonly string[], stderr: string])[] = [
  [[], 'A command is missing.'],
  [['rum'], 'There is no command "rum".'],
  [['constructor'], 'There is no command "constructor".'],
  [['--colour'], "Unknown option '--colour'."],
  [['run'], 'run needs a program to start.'],
  [['run', '--'], 'run needs a program to start.'],
  [['run', '--import', 'x', 'node'], "Unknown option '--import'."],
  [['run', '--help=1', 'node'], "Option '-h, --help' does not take an argument."],
  [['view', 'now'], 'view takes no "now".'],
  [['view', '--poort', '1'], "Unknown option '--poort'."],
  [['view', '--port', '70000'], '--port takes a whole number from 0 to 65535; got "70000".'],
  [['view', '--ui-port', '0x1'], '--ui-port takes a whole number from 0 to 65535; got "0x1".'],
  [['view', '--max-records=0'], '--max-records takes a whole number of at least 1; got "0".'],
  [['view', '--max-bytes=9'], '--max-bytes takes a whole number of at least 16777216; got "9".'],
  [['view', '--db='], '--db needs the name of a file.'],
];

for (const [args, stderr] of mistakes) {
  test(`"otel-register ${args.join(' ')}" is explained on stderr, and ends with 2`, async () => {
    const result = await runCommand(args);

    assert.is(String(result.stderr), `otel-register: ${stderr}\nTry "otel-register --help".\n`);
    assert.is(String(result.stdout), '');
    assert.is(result.code, 2);
  });
}

onTerminal('--help on a terminal has no colours either', async () => {
  const result = await runCommand(['--help'], { stdio: 'pty' });

  assert.match(String(result.stdout), 'Usage');
  assert.not.match(String(result.stdout), '\x1b');
});

test.run();
