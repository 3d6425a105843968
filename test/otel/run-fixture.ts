import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';

const FIXTURES = new URL('../../../test/fixtures/otel/', import.meta.url);
const PRELOAD = new URL('./observing-preload.js', import.meta.url).href;

export type Report = Record<string, unknown>;

export interface RunOptions {
  readonly args?: readonly string[];
  /** Default: ours. Undefined runs the program without any. */
  readonly preload?: string | undefined;
  /** Fixtures run before the program, in the same process. */
  readonly imports?: readonly string[];
}

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(name, FIXTURES));
}

/** Runs a fixture (or a program by its path) under the observing preload; its one line of JSON. */
export function runFixture(program: string, options: RunOptions = {}): Report {
  const preload = 'preload' in options ? options.preload : PRELOAD;
  const nodeArgs = [
    ...(preload === undefined ? [] : ['--import', preload]),
    ...(options.imports ?? []).flatMap(name => ['--import', new URL(name, FIXTURES).href]),
    program.includes('/') ? program : fixturePath(program),
    ...(options.args ?? []),
  ];

  const child = spawnSync(process.execPath, nodeArgs, { encoding: 'utf8', timeout: 30_000 });

  assert.is(child.stderr, '');
  assert.is(child.status, 0);
  return JSON.parse(child.stdout);
}
