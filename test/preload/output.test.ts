import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { HAS_PTY } from '../helpers/pty.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';
import {
  normalised,
  OUTPUT_PROGRAMS,
  type OutputProgram,
  programName,
  STREAM_KINDS,
  withoutPreload,
} from './output-programs.js';

const test = suite('preload/output');

for (const program of OUTPUT_PROGRAMS) {
  for (const condition of ['import', 'require'] as const) {
    test(`--${condition} leaves every byte of ${programName(program)} on a pipe`, () =>
      comparesEqual(program, condition, 'pipe'));
  }
  for (const stdio of STREAM_KINDS) {
    test(`--import leaves every byte of ${programName(program)} on a ${stdio}`, () =>
      comparesEqual(program, 'import', stdio));
  }
}
if (!HAS_PTY) test.skip('on a terminal: needs `script` of util-linux');

function comparesEqual(
  program: OutputProgram,
  condition: 'import' | 'require',
  stdio: 'pipe' | 'file' | 'pty',
): Promise<void> {
  return withCollector(async collector => {
    const options: RunOptions = {
      ...program,
      stdio,
      env: { ...program.env, ...endpointOf(collector) },
    };

    const [expected, actual] = await Promise.all([
      runNode(withoutPreload(options, condition)),
      runNode({ ...options, preload: condition }),
    ]);

    assert.is(normalised(actual.stdout), normalised(expected.stdout));
    assert.is(normalised(actual.stderr), normalised(expected.stderr));
    assert.equal([actual.code, actual.signal], [expected.code, expected.signal]);
    // Under --import Node has frozen the console before.
    if (!program.nodeArgs?.includes('--frozen-intrinsics')) {
      assert.ok(collector.records.length > 0);
    }
    assert.equal(
      collector.records.flatMap(record => record.repeatedKeys),
      [],
    );
  })();
}

test.run();
