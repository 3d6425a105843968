import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { newFolder, ownLines } from './programs.js';
import { replay } from './replaying.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/expired');

test(
  'what is too old is told by level, on stderr and in a record, and not delivered',
  withCollector(async collector => {
    const spoolDir = newFolder();
    await collector.refuse();
    const { signal } = await runNode({
      script: 'durability/left.cjs',
      env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir },
    });
    await collector.reopen();
    const result = await replay(spoolDir, collector, { OTEL_REGISTER_SPOOL_MAX_AGE: '1m' });

    assert.is(signal, 'SIGKILL');
    assert.equal(ownLines(result!), [
      'otel-register: Log records were dropped (3 INFO, 2 ERROR so far): left by other processes, and too old by now.',
    ]);
    assert.equal(processFolders(spoolDir), []);
    const [record, ...more] = collector.records;
    assert.equal(more, []);
    assert.is(record!.severityText, 'WARN');
    assert.is(record!.attributes['otel_register.lost.error'], 2);
    assert.is(record!.attributes['otel_register.lost.info'], 3);
  }),
);

test.run();
