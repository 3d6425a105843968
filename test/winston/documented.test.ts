import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { DOCUMENTED } from './documented-programs.js';

const test = suite('winston/documented');

for (const { what, program, bodies } of DOCUMENTED) {
  test(
    `what winston documents runs unchanged: ${what}`,
    withCollector(async collector => {
      const args = ['-e', program];
      const env = { FORCE_COLOR: '1', ...endpointOf(collector) };

      const [run, alone] = await Promise.all([
        runNode({ args, env }),
        runNode({ args, env, preload: false }),
      ]);

      assert.is(withoutTimes(run.stderr), withoutTimes(alone.stderr));
      assert.is(withoutTimes(run.stdout), withoutTimes(alone.stdout));
      assert.is(run.code, alone.code);
      const ofLoggers = collector.records.filter(({ scope }) => scope.name === 'winston');
      const sorted = [...ofLoggers].sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano));
      assert.equal(
        sorted.map(({ body }) => body),
        bodies,
      );
    }),
  );
}

function withoutTimes(output: Buffer): string {
  return output
    .toString()
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
    .replace(/durationMs\W+\d+/g, 'duration');
}

test.run();
