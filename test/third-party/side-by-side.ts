import * as assert from 'uvu/assert';
import type { RunOptions, RunResult } from '../helpers/run-node.js';

// Under any `--import` Node itself runs a CommonJS main from its module loader, which shows in stacks.
const EMPTY_PRELOAD = ['--import', 'data:text/javascript,'];

/** The same run without the preload, but with what `--import` changes by itself. */
export function withoutPreload(options: RunOptions): RunOptions {
  const isRequired = options.preload === 'require';
  const nodeArgs = [...(isRequired ? [] : EMPTY_PRELOAD), ...(options.nodeArgs ?? [])];
  return { ...options, preload: false, nodeArgs };
}

/** Fails unless both printed the same and ended the same, apart from ids, ports and times. */
export function assertSameEnd(actual: RunResult, expected: RunResult): void {
  assert.is(normalise(actual.stderr), normalise(expected.stderr));
  assert.is(normalise(actual.stdout), normalise(expected.stdout));
  assert.equal(endOf(actual), endOf(expected));
}

function endOf({ code, signal }: RunResult): unknown {
  return { code, signal };
}

// Whatever differs between two runs of one program.
const VARYING: readonly [RegExp, string][] = [
  [/"(time|pid|remotePort|responseTime)":[\d.]+/g, '"$1":0'],
  [/(\/\/(?:127\.0\.0\.1|localhost):)\d+/g, '$10'],
  [/(Duration: +)[\d.]+\w+/g, '$1'],
  [/("host":"127\.0\.0\.1:)\d+/g, '$10'],
];

function normalise(output: Buffer): string {
  // One character for each byte: a difference in encoding is one, too.
  const text = output.toString('latin1');
  return VARYING.reduce((result, [pattern, by]) => result.replace(pattern, by), text);
}
