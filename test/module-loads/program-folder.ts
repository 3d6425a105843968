import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';

const PRELOAD = new URL('./watching-preload.js', import.meta.url).href;

export interface Program {
  /** Texts of files by their path; `main.cjs` or `main.mjs` is run. */
  readonly files: Readonly<Record<string, string>>;
  /** What each link leads to, from where it is. */
  readonly links?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
}

/** The package whose loading is told, as files in `folder`. */
export function watchedPackage(folder: string, version = '1'): Record<string, string> {
  return {
    [`${folder}/package.json`]: '{ "name": "watched", "main": "index.js" }',
    [`${folder}/index.js`]: 'module.exports = require("./lib/main");',
    [`${folder}/lib/main.js`]: `module.exports = { version: '${version}', isLoaded: () => module.loaded };`,
    [`${folder}/lib/other/main.js`]: 'exports.version = "another file";',
  };
}

/** Runs it with and without somebody who watches. */
export async function runProgram(program: Program, isWatched = true): Promise<RunResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'otel-register-loads-')));
  try {
    for (const [path, text] of Object.entries(program.files)) write(join(folder, path), text);
    for (const [path, target] of Object.entries(program.links ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(target, join(folder, path));
    }
    return await runNode(optionsOf(program, folder, isWatched));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function optionsOf({ files, nodeArgs = [] }: Program, cwd: string, isWatched: boolean): RunOptions {
  const main = 'main.mjs' in files ? 'main.mjs' : 'main.cjs';
  return {
    cwd,
    preload: false,
    nodeArgs: ['--no-warnings', ...nodeArgs, '--import', isWatched ? PRELOAD : EMPTY, main],
  };
}

const EMPTY = 'data:text/javascript,';
