import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommand } from '../helpers/run-command.js';
import { runProgram } from '../helpers/run-program.js';

const test = suite('commands/completion');

const COMMANDS = ['completion', 'doctor', 'help', 'run', 'view'];

async function scriptFor(shell: string): Promise<string> {
  const { stdout, stderr, code } = await runCommand(['completion', shell]);
  assert.is(String(stderr), '');
  assert.is(code, 0);
  return String(stdout);
}

function testIn(shell: string) {
  if (spawnSync(shell, ['--version']).status === 0) return test;
  console.log(`Skipped: there is no ${shell} here.`);
  return test.skip;
}

/** Calls `use` with a folder that holds the script for a shell, and programs named `here…`. */
async function withScript(shell: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-completion-'));
  try {
    writeFileSync(join(folder, `script.${shell}`), await scriptFor(shell));
    writeFileSync(join(folder, 'here.js'), '');
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What bash makes of these words: the last one is being typed. */
async function completeInBash(
  folder: string,
  words: readonly string[],
  before = '',
): Promise<string[]> {
  const line = `
    set -u
    ${before}
    source script.bash
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
    _otel_register
    (( \${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ['bash', '--norc', '-c', line, 'bash', 'otel-register', ...words];
  const { stdout, stderr, code } = await runProgram(args, { cwd: folder });
  assert.is(stderr, '');
  assert.is(code, 0);
  return stdout
    .split('\n')
    .filter(word => word !== '')
    .sort();
}

const inBash: readonly (readonly [words: readonly string[], expected: readonly string[]])[] = [
  [['d'], ['doctor']],
  [['--v'], ['--version']],
  [['run', '--e'], ['--endpoint']],
  [['run', '--level', 'w'], ['warn']],
  [['run', '--service', 'w'], []],
  [['run', '--level', 'warn', '--p'], ['--pool']],
  [
    ['doctor', '--no'],
    ['--no-send', '--node-options'],
  ],
  [['doctor', 'he'], []],
  [['completion', 'z'], ['zsh']],
  [['help', 'do'], ['doctor']],
  [['nothing', '--e'], []],
];

for (const [words, expected] of inBash) {
  testIn('bash')(`bash completes "${words.join(' ')}" to ${expected.join(' ') || 'nothing'}`, () =>
    withScript('bash', async folder => {
      assert.equal(await completeInBash(folder, words), [...expected]);
    }),
  );
}

testIn('bash')('bash lists the commands and options there are', () =>
  withScript('bash', async folder => {
    assert.equal(
      (await completeInBash(folder, [''])).filter(word => !word.startsWith('-')),
      COMMANDS,
    );
  }),
);

testIn('bash')('bash completes the program of run among commands', () =>
  withScript('bash', async folder => {
    assert.ok((await completeInBash(folder, ['run', '--pool', 'a', 'bas'])).includes('bash'));
    assert.ok((await completeInBash(folder, ['run', '--', 'bas'])).includes('bash'));
  }),
);

testIn('bash')("bash hands what is behind the program to the program's own completion", () =>
  withScript('bash', async folder => {
    const before = '_command_offset() { COMPREPLY=("offset=$1"); }';

    for (const words of [
      ['run', 'node', '--e'],
      ['run', '--pool', 'a', '--', 'node', '--e'],
    ]) {
      const offset = words.indexOf('node') + 1;
      assert.equal(await completeInBash(folder, words, before), [`offset=${offset}`]);
    }
    // Where nothing of the kind is installed, bash completes names of files by itself.
    assert.equal(await completeInBash(folder, ['run', 'node', '--e']), []);
  }),
);

testIn('bash')('a terminal of bash completes a file behind doctor', () =>
  withScript('bash', async folder => {
    const line = 'source script.bash; complete -p otel-register';

    const { stdout } = await runProgram(['bash', '--norc', '-c', line], { cwd: folder });

    assert.is(stdout, 'complete -o bashdefault -o default -F _otel_register otel-register\n');
  }),
);

testIn('zsh')('zsh takes the script, and knows the command by it', () =>
  withScript('zsh', async folder => {
    const line = `
      autoload -Uz compinit && compinit -D -u
      source ./script.zsh && print $_comps[otel-register]`;

    const { stdout, stderr } = await runProgram(['zsh', '-f', '-c', line], { cwd: folder });

    assert.is(stderr, '');
    assert.is(stdout, '_otel_register\n');
  }),
);

const inFish: readonly (readonly [typed: string, expected: readonly string[]])[] = [
  ['', COMMANDS],
  ['do', ['doctor']],
  ['run --lev', ['--level']],
  ['run --level w', ['warn']],
  ['doctor --no', ['--no-send', '--node-options']],
  ['completion z', ['zsh']],
  ['doctor her', ['here.js']],
];

for (const [typed, expected] of inFish) {
  testIn('fish')(`fish completes "${typed}" to ${expected.join(' ')}`, () =>
    withScript('fish', async folder => {
      const line = `source script.fish; complete --do-complete 'otel-register ${typed}'`;
      const env = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };

      const { stdout } = await runProgram(['fish', '--no-config', '-c', line], {
        cwd: folder,
        env,
      });

      const words = stdout.split('\n').filter(row => row !== '');
      assert.equal(words.map(row => row.split('\t', 1)[0]).sort(), [...expected]);
    }),
  );
}

test.run();
