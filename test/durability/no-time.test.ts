import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { assertAllArrived, newFolder, ownLines, startNumbered } from './programs.js';
import { replay } from './replaying.js';

const test = suite('durability/no-time');

test(
  'a process that does not wait for its exporter thread leaves every record to the next',
  withCollector(async collector => {
    const spoolDir = newFolder();
    const env = { OTEL_REGISTER_EXIT_TIMEOUT_MS: '0' };
    const programs = [
      startNumbered(collector, { script: 'short.cjs', spoolDir, env }),
      startNumbered(collector, { script: 'burst.cjs', args: ['3000'], spoolDir, env }),
    ];
    for (const { ended } of programs) {
      const result = await ended;
      assert.equal([result.code, ownLines(result)], [0, []]);
    }
    await replay(spoolDir, collector);

    for (const program of programs) assertAllArrived(program.tally());
    assert.equal(
      collector.records.filter(({ scope }) => scope.name !== 'console'),
      [],
    );
  }),
);

test.run();
