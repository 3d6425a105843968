import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runProgram } from '../helpers/run-program.js';
import { COMMANDS, hasShell, withScript } from './completed.js';

const test = suite('commands/completion');
const inThatBash = hasShell('bash') ? test : test.skip;

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
  // As bash makes words of --level=w and http://x.
  [['run', '--level', '=', 'w'], ['warn']],
  [
    ['run', '--level', '='],
    ['debug', 'error', 'fatal', 'info', 'trace', 'warn'],
  ],
  [['run', '--endpoint', 'http', ':', '//x', '--p'], ['--pool']],
  [['run', '--endpoint', '=', 'http', ':', '//x', ':', '1', '--p'], ['--pool']],
  [['run', '--endpoint', 'http', ':', '//x'], []],
  [['doctor', 'here.js', '--js'], ['--json']],
];

for (const [words, expected] of inBash) {
  inThatBash(`bash completes "${words.join(' ')}" to ${expected.join(' ') || 'nothing'}`, () =>
    withScript('bash', async folder => {
      assert.equal(await completeInBash(folder, words), [...expected]);
    }),
  );
}

inThatBash('bash lists the commands and options there are', () =>
  withScript('bash', async folder => {
    assert.equal(
      (await completeInBash(folder, [''])).filter(word => !word.startsWith('-')),
      COMMANDS,
    );
  }),
);

inThatBash('bash completes the program of run among commands', () =>
  withScript('bash', async folder => {
    assert.ok((await completeInBash(folder, ['run', '--pool', 'a', 'bas'])).includes('bash'));
    const endpoint = ['--endpoint', 'http', ':', '//localhost', ':', '4318'];
    assert.ok((await completeInBash(folder, ['run', ...endpoint, 'bas'])).includes('bash'));
    assert.ok((await completeInBash(folder, ['run', '--', 'bas'])).includes('bash'));
  }),
);

inThatBash("bash hands what is behind the program to the program's own completion", () =>
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

inThatBash('a terminal of bash completes a file behind doctor', () =>
  withScript('bash', async folder => {
    const line = 'source script.bash; complete -p otel-register';

    const { stdout } = await runProgram(['bash', '--norc', '-c', line], { cwd: folder });

    assert.is(stdout, 'complete -o bashdefault -o default -F _otel_register otel-register\n');
  }),
);

test.run();
