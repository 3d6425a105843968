import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Program, runProgram, watchedPackage } from './program-folder.js';

const test = suite('module-loads/module-loads');

const IN_PLACE = watchedPackage('node_modules/watched');
const TOLD = 'node_modules/watched main.js 1\n';
const SOURCE_HOOK = `
import { readFileSync } from 'node:fs';
export async function load(url, context, next) {
  const result = await next(url, context);
  if (result.format === 'commonjs' && result.source == null) result.source = readFileSync(new URL(url));
  return result;
}`;

const WAYS: readonly (Program & { readonly how: string; readonly told: string })[] = [
  { how: 'required', files: { ...IN_PLACE, 'main.cjs': 'require("watched")' }, told: TOLD },
  {
    how: 'required twice',
    files: { ...IN_PLACE, 'main.cjs': 'require("watched"); require("watched/lib/main.js")' },
    told: TOLD,
  },
  {
    how: 'evaluated again',
    files: {
      ...IN_PLACE,
      'main.cjs':
        'require("watched"); delete require.cache[require.resolve("watched/lib/main.js")]; require("watched/lib/main.js")',
    },
    told: TOLD + TOLD,
  },
  { how: 'imported', files: { ...IN_PLACE, 'main.mjs': 'import "watched"' }, told: TOLD },
  {
    how: 'imported by its file',
    files: { ...IN_PLACE, 'main.mjs': 'import "watched/lib/main.js"' },
    told: TOLD,
  },
  {
    how: 'imported dynamically',
    files: { ...IN_PLACE, 'main.cjs': 'import("watched")' },
    told: TOLD,
  },
  {
    how: 'required by createRequire',
    files: {
      ...IN_PLACE,
      'main.mjs':
        'import { createRequire } from "node:module"; createRequire(import.meta.url)("watched")',
    },
    told: TOLD,
  },
  {
    how: 'required through an ES module',
    files: { ...IN_PLACE, 'main.cjs': 'require("./a.mjs")', 'a.mjs': 'import "watched"' },
    told: TOLD,
  },
  {
    how: 'imported where a loader hook gives the source',
    files: {
      ...IN_PLACE,
      'main.mjs': 'import "watched"',
      'hook.mjs': SOURCE_HOOK,
      'register.mjs':
        'import { register } from "node:module"; register("./hook.mjs", import.meta.url)',
    },
    nodeArgs: ['--import', './register.mjs'],
    told: TOLD,
  },
  {
    how: 'required by a preload before',
    files: { ...IN_PLACE, 'main.cjs': '', 'before.cjs': 'require("watched")' },
    nodeArgs: ['--require', './before.cjs'],
    told: TOLD,
  },
  {
    how: 'installed as another name',
    files: { ...watchedPackage('node_modules/other-name'), 'main.cjs': 'require("other-name")' },
    told: 'node_modules/other-name main.js 1\n',
  },
  {
    how: 'installed twice',
    files: {
      ...IN_PLACE,
      ...watchedPackage('node_modules/user/node_modules/watched', '2'),
      'node_modules/user/index.js': 'require("watched")',
      'main.cjs': 'require("user"); require("watched")',
    },
    told: `node_modules/user/node_modules/watched main.js 2\n${TOLD}`,
  },
  {
    how: 'linked as pnpm does it',
    files: {
      ...watchedPackage('node_modules/.pnpm/watched@1.0.0/node_modules/watched'),
      'main.mjs': 'import "watched"',
    },
    links: { 'node_modules/watched': '.pnpm/watched@1.0.0/node_modules/watched' },
    told: 'node_modules/.pnpm/watched@1.0.0/node_modules/watched main.js 1\n',
  },
  {
    how: 'linked from a workspace',
    files: { ...watchedPackage('packages/mine'), 'main.cjs': 'require("watched")' },
    links: { 'node_modules/watched': '../packages/mine' },
    told: 'packages/mine main.js 1\n',
  },
  {
    how: 'required in a worker thread',
    files: {
      ...IN_PLACE,
      'main.cjs': 'new (require("worker_threads").Worker)("./thread.cjs")',
      'thread.cjs': 'require("watched")',
    },
    told: `worker: ${TOLD}`,
  },
  {
    how: 'another package with such a file',
    files: {
      'node_modules/another/lib/main.js': 'exports.version = "another";',
      'node_modules/another/package.json': '{ "name": "another" }',
      'main.cjs': 'require("another/lib/main.js")',
    },
    told: '',
  },
  {
    how: 'another file of such a name',
    files: { ...IN_PLACE, 'main.cjs': 'require("watched/lib/other/main.js")' },
    told: '',
  },
  {
    how: 'a package in a place where nothing says its name',
    files: { 'lib/main.js': 'exports.version = 1;', 'main.cjs': 'require("./lib/main.js")' },
    told: '',
  },
];

for (const { how, told, ...program } of WAYS) {
  test(`tells of a package that is ${how}`, async () => {
    const { stdout, stderr, code } = await runProgram(program);

    assert.is(stderr.toString(), '');
    assert.is(code, 0);
    assert.is(stdout.toString(), told);
  });
}

test('a package is told before whoever required it goes on, and what is thrown then is swallowed', async () => {
  const { stdout, code } = await runProgram({
    files: {
      ...watchedPackage('node_modules/watched', 'throws'),
      'main.cjs': 'console.log("before"); require("watched"); console.log("after")',
    },
  });

  assert.is(stdout.toString(), 'before\nnode_modules/watched main.js throws\nafter\n');
  assert.is(code, 0);
});

test.run();
