import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addRequire, requireOption, splitNodeOptions } from '../src/node-options.js';
import { childEnvironment } from './helpers/child-environment.js';

const test = suite('node-options');

const NODE = process.env.TEST_NODE ?? process.execPath;

const options: readonly (readonly [path: string, option: string])[] = [
  ['/srv/app/register.cjs', '--require /srv/app/register.cjs'],
  ['C:\\app\\register.cjs', '--require C:\\app\\register.cjs'],
  ['/srv/my app/register.cjs', '--require "/srv/my app/register.cjs"'],
  ['/srv/"app"/register.cjs', '--require "/srv/\\"app\\"/register.cjs"'],
  ['C:\\my app\\register.cjs', '--require "C:\\\\my app\\\\register.cjs"'],
];

for (const [path, option] of options) {
  test(`${path} becomes ${option}`, () => {
    assert.is(requireOption(path), option);
  });
}

for (const [path, option] of options) {
  test(`${option} is split as Node splits it`, () => {
    assert.equal(splitNodeOptions(` ${option}  --title="a b" `), [
      '--require',
      path,
      '--title=a b',
    ]);
  });
}

test('options with a quote that does not end are split without it', () => {
  assert.equal(splitNodeOptions('--no-warnings "--title'), ['--no-warnings', '--title']);
});

for (const name of [
  'plain',
  'two words',
  'a "quote"',
  'back\\slash',
  'both \\ and "',
  "it's",
  'tab\t',
]) {
  test(`Node preloads a file from a folder named ${JSON.stringify(name)}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-options-'));
    try {
      mkdirSync(join(folder, name));
      const file = join(folder, name, 'preload.cjs');
      writeFileSync(file, "process.stdout.write('preloaded');");

      const env = childEnvironment({ NODE_OPTIONS: requireOption(file) });

      assert.is(execFileSync(NODE, ['-e', ''], { env, encoding: 'utf8' }), 'preloaded');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const PATH = '/srv/register.cjs';
const OURS = `--require ${PATH}`;

const additions: readonly (readonly [before: string | undefined, after: string])[] = [
  [undefined, OURS],
  ['', OURS],
  ['--no-warnings', `${OURS} --no-warnings`],
  ['--import @emp/otel-register', `${OURS} --import @emp/otel-register`],
  ['--require /srv/register.cjs.bak', `${OURS} --require /srv/register.cjs.bak`],
  [OURS, OURS],
  [`--no-warnings ${OURS} --enable-source-maps`, `--no-warnings ${OURS} --enable-source-maps`],
];

for (const [before, after] of additions) {
  test(`NODE_OPTIONS ${JSON.stringify(before)} becomes ${after}`, () => {
    assert.is(addRequire(before, PATH), after);
  });
}

test.run();
