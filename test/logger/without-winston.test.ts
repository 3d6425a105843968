import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageEntry } from '../helpers/packed-package.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('logger/without-winston');

const PROGRAM = `
try { require('./dist/logger.cjs').createLogger(); }
catch ({ code, message }) { process.stdout.write(code + ': ' + message); }`;

for (const [name, args] of [
  ['a program without arguments', []],
  ['a program whose first argument is no file', ['word']],
] as const) {
  test(`${name} is told how to install winston, where there is none`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-no-winston-'));
    try {
      cpSync(dirname(packageEntry('require')), join(folder, 'dist'), { recursive: true });

      const { stdout, stderr, code } = await runNode({
        preload: false,
        cwd: folder,
        args: ['-e', PROGRAM, ...args],
      });

      assert.is(String(stderr), '');
      assert.match(
        String(stdout),
        /^OTEL_REGISTER_NO_WINSTON: @emp\/otel-register\/logger needs winston 3, which is not installed\.\nRun "npm install winston" /,
      );
      assert.is(code, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test.run();
