import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runProgram } from '../helpers/run-program.js';
import { COMMANDS, hasShell, withScript } from './completed.js';

const test = suite('commands/completion-shells');
const inThatZsh = hasShell('zsh') ? test : test.skip;
const inThatFish = hasShell('fish') ? test : test.skip;

inThatZsh('zsh takes the script, and knows the command by it', () =>
  withScript('zsh', async folder => {
    const line = `
      autoload -Uz compinit && compinit -D -u
      source ./script.zsh && print $_comps[otel-register]`;

    const { stdout, stderr } = await runProgram(['zsh', '-f', '-c', line], { cwd: folder });

    assert.is(stderr, '');
    assert.is(stdout, '_otel_register\n');
  }),
);

// A terminal with a zsh, in which the line is typed and completed.
const ZSH_TERMINAL = `
  zmodload zsh/zpty
  zpty z zsh -f -i
  zpty -w z 'path+=($PWD); autoload -Uz compinit; compinit -D -u; source ./script.zsh'
  zpty -w z 'show() { zle complete-word; print -r -- "$BUFFER" > completed; exit }'
  zpty -w z 'zle -N show; bindkey "^X" show'
  zpty -w -n z "otel-register $1"$'\\x18'
  said=
  while zpty -r z part; do said+=$part; done
  print -r -- "$said" >&2
  cat completed`;

const inZsh: readonly (readonly [typed: string, expected: string])[] = [
  ['do', 'doctor '],
  ['run --lev', 'run --level='],
  ['run --level=w', 'run --level=warn '],
  ['run --level w', 'run --level warn '],
  ['run here-p', 'run here-program '],
  ['run --endpoint http://x:1 here-p', 'run --endpoint http://x:1 here-program '],
  ['run -- here-p', 'run -- here-program '],
  ['run -- cat here.', 'run -- cat here.js '],
  ['run --view -- cat here.', 'run --view -- cat here.js '],
  ['view --db here.', 'view --db here.js '],
  ['completion z', 'completion zsh '],
];

for (const [typed, expected] of inZsh) {
  inThatZsh(`zsh completes "${typed}" to "${expected}", and says nothing`, () =>
    withScript('zsh', async folder => {
      const args = ['zsh', '-f', '-c', ZSH_TERMINAL, 'zsh', typed];

      const { stdout, stderr } = await runProgram(args, { cwd: folder });

      assert.is(stdout.trimEnd(), `otel-register ${expected}`.trimEnd());
      assert.not.match(stderr, /_\w+:\d+: /);
    }),
  );
}

const inFish: readonly (readonly [typed: string, expected: readonly string[]])[] = [
  ['', COMMANDS],
  ['do', ['doctor']],
  ['run --lev', ['--level']],
  ['run --level w', ['warn']],
  ['doctor --no', ['--no-send', '--node-options']],
  ['completion z', ['zsh']],
  ['doctor her', ['here-program', 'here.js']],
  ['doctor run --no', ['--no-send', '--node-options']],
  ['view --db here.', ['here.js']],
  ['run --endpoint http://x here-p', ['here-program']],
  ['run --endpoint=http://x -- here-p', ['here-program']],
  ['run --pool a cat here.', ['here.js']],
];

for (const [typed, expected] of inFish) {
  inThatFish(`fish completes "${typed}" to ${expected.join(' ')}`, () =>
    withScript('fish', async folder => {
      const line = `set -a PATH $PWD; source script.fish; complete --do-complete 'otel-register ${typed}'`;
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
