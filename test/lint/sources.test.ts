import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';
import { repositoryFiles, type SourceFile } from './repository-files.js';

const test = suite('lint/sources');

const files = repositoryFiles();
const sources = files.filter(({ path }) => /^src\/.*\.c?tsx?$/.test(path));
const tests = files.filter(({ path }) => /^test\/.*\.test\.ts$/.test(path));
const pages = files.filter(({ path }) => path.endsWith('.md'));

const MAX_SOURCE_LINES = 250;
const MAX_TEST_LINES = 200;
const MAX_README_LINES = 150;

test('there is something to look at', () => {
  assert.ok(sources.length > 50 && tests.length > 30 && pages.length > 2);
});

test('every test file ends with test.run(): without it uvu reports success', () => {
  assert.equal(
    tests.filter(({ text }) => !/^test\.run\(\);\n$/m.test(lastLine(text))).map(pathOf),
    [],
  );
});

test('every test file names its suite after its path', () => {
  const misnamed = tests.filter(({ path, text }) => {
    const name = path.slice('test/'.length, -'.test.ts'.length);
    return !text.includes(`suite('${name}')`);
  });
  assert.equal(misnamed.map(pathOf), []);
});

test('no test names another address as its own: coverage of all tests would be lost with it', () => {
  const renamed = tests.filter(({ text }) => /[/][/][#@] sourceURL=/.test(text));
  assert.equal(renamed.map(pathOf), []);
});

test(`no source file is longer than ${MAX_SOURCE_LINES} lines`, () => {
  const tooLong = sources.filter(file => lineCount(file) > MAX_SOURCE_LINES);
  assert.equal(tooLong.map(pathOf), []);
});

test(`no test file is longer than ${MAX_TEST_LINES} lines`, () => {
  assert.equal(tests.filter(file => lineCount(file) > MAX_TEST_LINES).map(pathOf), []);
});

test(`the README has at most ${MAX_README_LINES} lines`, () => {
  assert.ok(lineCount(files.find(({ path }) => path === 'README.md')!) <= MAX_README_LINES);
});

const UNWANTED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a folder of one machine', /(?<![\w.~$}/-])\/(?:home|Users|root|work|workspace)\/\w/],
  ['a package registry', /registry\.(?:npmjs|yarnpkg)|https?:\/\/[\w.:-]*\/(?:\w+\/)*npm\//],
];

for (const [what, pattern] of UNWANTED) {
  test(`no file names ${what}`, () => {
    assert.equal(files.filter(({ text }) => pattern.test(text)).map(pathOf), []);
  });
}

test('no source asks for the class of fields, of which every bundle has a copy', () => {
  const asking = sources.filter(({ text }) => /instanceof LogFields\b/.test(text));
  assert.equal(asking.map(pathOf), []);
});

test('the lock file does not say where its packages came from', () => {
  const lock = files.find(({ path }) => path === 'package-lock.json');
  assert.not.match(lock!.text, '"resolved"');
});

test('every link to a file of the repository leads to one', () => {
  const broken = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => join(dirname(path), target!))
      .filter(target => !existsSync(join(REPOSITORY, target)))
      .map(target => `${path} → ${target}`),
  );
  assert.equal(broken, []);
});

function pathOf({ path }: SourceFile): string {
  return path;
}

function lineCount({ text }: SourceFile): number {
  return text.split('\n').length - 1;
}

function lastLine(text: string): string {
  return text.slice(text.trimEnd().lastIndexOf('\n') + 1);
}

test.run();
