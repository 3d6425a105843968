import type { ChildProcess } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';
import { normalised, withoutPreload } from './output-programs.js';

const test = suite('preload/output-closed');

// The program starts to print when its input ends, and that is when its reader has left.
function leave(child: ChildProcess): void {
  child.stdout!.destroy();
}

// The error of a write that fails is made beneath the console call, and shows our frames.
function withoutFrames(stderr: Buffer): string {
  return normalised(stderr).replaceAll(/^ +at .*\n/gm, '');
}

for (const condition of ['import', 'require'] as const) {
  test(
    `--${condition} leaves a program alone whose reader has left, and records its lines`,
    withCollector(async collector => {
      const options: RunOptions = {
        script: 'console/pipe-closed.cjs',
        input: '',
        onSpawn: leave,
        env: endpointOf(collector),
      };

      const [expected, actual] = await Promise.all([
        runNode(withoutPreload(options, condition)),
        runNode({ ...options, preload: condition }),
      ]);

      assert.is(withoutFrames(actual.stderr), withoutFrames(expected.stderr));
      assert.equal([actual.code, actual.signal], [expected.code, expected.signal]);
      const lines = collector.records.filter(({ body }) => String(body).startsWith('line '));
      assert.is(lines.length, 50);
    }),
  );
}

test.run();
