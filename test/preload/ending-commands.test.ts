import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import type { RunOptions } from '../helpers/run-node.js';
import {
  assertAllLogged,
  assertSameEnd,
  compareEnding,
  consoleRecords,
  linesOf,
  runBoth,
} from './ending-comparison.js';

const test = suite('preload/ending-commands');

const commands: Record<string, Omit<RunOptions, 'script'>> = {
  'node -e': { args: ['-e', 'console.log("text")'] },
  'node -e that throws': { args: ['-e', 'console.log("text"); throw new Error("broken")'] },
  'node --input-type=module -e': {
    args: ['--input-type=module', '-e', 'await null; console.log("text"); process.exit(4)'],
  },
  'node -p': { args: ['-p', '1 + 1'] },
  'a script on stdin': { args: ['-'], input: 'console.log("text"); process.exitCode = 3;' },
};

for (const [name, options] of Object.entries(commands)) {
  test(
    `${name} ends as without us, all lines delivered`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, undefined, options);

      assertAllLogged(collector, runs);
    }),
  );
}

test(
  'a REPL prints and ends as without us, and what it logs is delivered',
  withCollector(async collector => {
    const input = 'console.log("text")\nnotDefined\nthrow new Error("typed")\n40 + 2\n.exit\n';
    await compareEnding(collector, undefined, { args: ['--interactive'], input });

    assert.ok(consoleRecords(collector).some(record => record.body === 'text'));
    assert.equal(
      collector.records.filter(record => record.severityText === 'FATAL'),
      [],
    );
  }),
);

for (const args of [[], ['--test']]) {
  test(
    `node ${args.join(' ')} with a test file reports and ends as without us`,
    withCollector(async collector => {
      const runs = await runBoth(collector, undefined, {
        nodeArgs: [...args, '--test-reporter=tap'],
        args: [`${FIXTURES}/endings/node-test.mjs`],
      });

      assertSameEnd(runs);
      assert.is(runs.ours.code, 1);
      assert.equal(withoutTimes(runs.ours.stdout), withoutTimes(runs.bare.stdout));
      assert.equal(
        consoleRecords(collector).map(record => record.body),
        ['in a test'],
      );
    }),
  );
}

function withoutTimes(output: Buffer): string[] {
  return linesOf(output).map(line => line.replace(/(duration_ms:?) [\d.]+/, '$1 …'));
}

test.run();
