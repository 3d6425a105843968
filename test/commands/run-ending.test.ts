import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('commands/run-ending');

const ENDS = join(FIXTURES, 'commands/ends.cjs');

const endings: readonly (readonly string[])[] = [
  ...['0', '1', '7', '137', '255'].map(code => ['code', code]),
  ...['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'].map(asEnding),
  ...['SIGPIPE', 'SIGALRM', 'SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGSYS', 'SIGXCPU'].map(asEnding),
  ['throw'],
  ['abort'],
];

function asEnding(signal: string): readonly string[] {
  return ['signal', signal];
}

for (const ending of endings) {
  test(`ends as a program that ends by ${ending.join(' ')}`, async () => {
    const bare = await runNode({ script: ENDS, args: ending, preload: false });

    const ours = await runCommand(['run', NODE, ENDS, ...ending]);

    assert.equal(endOf(ours), endOf(bare));
    assert.is(String(ours.stdout), 'ending\n');
    if (ending[0] === 'signal') assert.is(ours.signal, ending[1]);
    if (ending[0] === 'code') assert.is(ours.code, Number(ending[1]));
  });
}

const refusals: readonly (readonly [program: string, stderr: string, code: number])[] = [
  ['no-such-program', 'no-such-program: command not found', 127],
  ['./no/such/program', './no/such/program: no such file or directory', 127],
  ['', ': command not found', 127],
  ['here.mjs', 'here.mjs: command not found; did you mean: otel-register run node here.mjs', 127],
  ['gone.mjs', 'gone.mjs: command not found', 127],
  ['./text', './text: permission denied', 126],
  ['.', '.: permission denied', 126],
  ['./text/program', './text/program: not a directory', 126],
];

for (const [program, stderr, code] of refusals) {
  test(`says why "${program}" cannot be started, and ends with ${code}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-programs-'));
    try {
      writeFileSync(join(folder, 'text'), 'text\n');
      chmodSync(join(folder, 'text'), 0o644);
      writeFileSync(join(folder, 'here.mjs'), '');

      const result = await runCommand(['run', '--', program], { cwd: folder });

      assert.is(String(result.stderr), `otel-register: ${stderr}\n`);
      assert.is(String(result.stdout), '');
      assert.is(result.code, code);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function endOf({ code, signal }: { code: number | null; signal: string | null }): unknown {
  return { code, signal };
}

test.run();
