import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runProgram } from './program-folder.js';

const test = suite('module-loads/followed');

const PRELOAD = new URL('./following-preload.js', import.meta.url).href;
const PACKAGES = {
  ...packageOf('followed'),
  ...packageOf('@scope/followed'),
  ...packageOf('stops'),
  ...packageOf('followed-too'),
};
const SOURCE_HOOK = `
import { readFileSync } from 'node:fs';
export async function load(url, context, next) {
  const result = await next(url, context);
  if (result.format === 'commonjs' && result.source == null) result.source = readFileSync(new URL(url));
  return result;
}`;
const REPLACED = 'followed index.js followed lib/part.js plain\n';

const WAYS: readonly (readonly [
  how: string,
  files: Readonly<Record<string, string>>,
  told: string,
])[] = [
  ['required', { 'main.cjs': 'console.log(require("followed").said)' }, REPLACED],
  [
    'required twice',
    { 'main.cjs': 'require("followed"); console.log(require("followed").said)' },
    REPLACED,
  ],
  ['imported', { 'main.mjs': 'import it from "followed"; console.log(it.said)' }, REPLACED],
  [
    'imported by the names of its exports',
    { 'main.mjs': 'import { said } from "followed"; console.log(said)' },
    REPLACED,
  ],
  [
    'imported where a loader hook gives the source',
    {
      'main.mjs':
        'import { register } from "node:module"; register("./hook.mjs", import.meta.url); const { default: it } = await import("followed"); console.log(it.said)',
      'hook.mjs': SOURCE_HOOK,
    },
    REPLACED,
  ],
  [
    'that has a scope, required',
    { 'main.cjs': 'console.log(require("@scope/followed").said)' },
    '@scope/followed index.js @scope/followed lib/part.js plain\n',
  ],
  [
    'of a name that begins as another, required',
    { 'main.cjs': 'console.log(require("followed-too").said)' },
    'plain\n',
  ],
  [
    'of another package, required once nobody follows',
    { 'main.cjs': 'require("stops"); console.log(require("followed").said)' },
    'plain\n',
  ],
];

for (const [how, files, told] of WAYS) {
  test(`what files export is replaced before anybody has it, for a package ${how}`, async () => {
    const program = { files: { ...PACKAGES, ...files }, nodeArgs: ['--import', PRELOAD] };
    const { stdout, stderr } = await runProgram(program, false);

    assert.is(stderr.toString(), '');
    assert.is(stdout.toString(), told);
  });
}

function packageOf(name: string): Record<string, string> {
  const folder = `node_modules/${name}`;
  return {
    [`${folder}/package.json`]: `{ "name": "${name}", "main": "index.js" }`,
    [`${folder}/index.js`]: 'exports.said = require("./lib/part.js").said;',
    [`${folder}/lib/part.js`]: 'exports.said = "plain";',
  };
}

test.run();
