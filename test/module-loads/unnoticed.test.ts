import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runProgram, watchedPackage } from './program-folder.js';

const test = suite('module-loads/unnoticed');

const LOOKS = `
const { loaded, exports, ...rest } = Object.getOwnPropertyDescriptors(module);
console.log(Object.keys(module), module.loaded, typeof module.exports, Object.keys(rest));`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'looks at all modules that were loaded': `
    require('watched');
    for (const module of Object.values(require.cache)) {
      console.log(Object.getOwnPropertyDescriptors(module), module.children.map(({ id }) => id));
    }`,
  'loads a module that throws': `require('watched'); require('./throws.cjs')`,
  'catches what a module throws': `try { require('./throws.cjs') } catch (error) { console.log(error.stack) }`,
  'looks for a module that is not there': `require('watched'); require('./absent')`,
  'loads a package whose file throws': `require('watched/throws/lib/main.js')`,
  'loads itself in a circle': `require('watched/circle/lib/main.js')`,
  'looks at modules while they load': `require('watched/looks/lib/main.js')`,
  'adds to the prototype of all objects': `
    Object.prototype.get = Object.prototype.set = function () {};
    console.log(require('watched').isLoaded());`,
  'makes modules itself': `
    const Module = require('node:module');
    class Mine extends Module {}
    const made = new Mine(require.resolve('watched/lib/main.js'));
    const inheriting = Object.create(made);
    inheriting.loaded = 'inherits';
    made.loaded = 'set';
    console.log(made, inheriting, inheriting.loaded, new Module().loaded, new Module(5 + '').loaded);
    Module._load.call(Module, 'watched', module);`,
  'replaces the exports of a package while it loads': `console.log(require('watched/replaces/lib/main.js'))`,
};

function named(folder: string, text: string): Record<string, string> {
  return {
    [`node_modules/watched/${folder}/package.json`]: '{ "name": "watched" }',
    [`node_modules/watched/${folder}/lib/main.js`]: text,
  };
}

const FILES = {
  ...watchedPackage('node_modules/watched'),
  ...named('throws', 'function fails() { throw new Error("while loading"); }\nfails();'),
  ...named('circle', 'exports.early = 1; console.log(require("../circle.js")); exports.late = 2;'),
  'node_modules/watched/circle/circle.js': 'module.exports = require("./lib/main.js").early;',
  ...named('looks', LOOKS),
  ...named(
    'replaces',
    'exports.first = 1; Object.defineProperty(module, "exports", { value: { second: 2 } });',
  ),
  'throws.cjs': 'function fails() {\n  throw new TypeError("while loading");\n}\nfails();',
};

for (const [what, text] of Object.entries(PROGRAMS)) {
  test(`a program that ${what} does not notice`, async () => {
    const program = { files: { ...FILES, 'main.cjs': text } };

    const watched = await runProgram(program);
    const alone = await runProgram(program, false);

    const told = /^node_modules\/watched\S* main\.js \S+\n/gm;
    assert.is(withoutFolder(watched.stdout).replace(told, ''), withoutFolder(alone.stdout));
    assert.is(withoutFolder(watched.stderr), withoutFolder(alone.stderr));
    assert.is(watched.code, alone.code);
  });
}

// Each run has a folder of its own.
function withoutFolder(output: Buffer): string {
  return output.toString().replace(/otel-register-loads-\w+/g, 'folder');
}

test.run();
