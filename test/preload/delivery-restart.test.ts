import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphan } from '../../src/spool/orphan.js';
import { processFolders } from '../durability/spool-folders.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { readAllRecords, temporaryFolder } from '../helpers/spool.js';

const test = suite('preload/delivery-restart');

const CATCH = ['--require', join(FIXTURES, 'delivery/catch-exporter.cjs')];

for (const how of ['terminated', 'thrown out']) {
  test(
    `what is logged after the exporter thread was ${how} arrives by the next one`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'delivery/exporter-dies.cjs',
        args: [how],
        nodeArgs: CATCH,
        env: endpointOf(collector),
      });

      assert.is(code, 0);
      assert.match(stderr.toString(), /^otel-register: The exporter thread ended .*restarted\.\n$/);
      assert.equal(
        collector.records.map(({ body, scope }) => [body, scope.name]),
        [
          ['before', 'console'],
          ['after', 'console'],
        ],
      );
    }),
  );
}

test(
  'an exporter thread that dies as the process ends holds it up no longer than the exit timeout',
  withCollector(async collector => {
    const { code, durationMs } = await runNode({
      script: 'delivery/exporter-dies.cjs',
      args: ['at the end'],
      nodeArgs: CATCH,
      env: { ...endpointOf(collector), OTEL_REGISTER_EXIT_TIMEOUT_MS: '1500' },
    });

    assert.is(code, 0);
    assert.ok(durationMs < 8_000, `took ${durationMs} ms`);
    assert.is(collector.records.length, 1);
  }),
);

test(
  'an ERROR that is in the ring when the exporter thread dies arrives once',
  withCollector(async collector => {
    const { code } = await runNode({
      script: 'delivery/exporter-dies-before-error.cjs',
      nodeArgs: ['--require', join(FIXTURES, 'delivery/trap-exporter.cjs')],
      env: endpointOf(collector),
    });

    assert.is(code, 0);
    const bodies = collector.records.map(({ body }) => body);
    assert.equal(bodies.sort(), ['after', 'before', 'in the ring']);
  }),
);

test(
  'what an exporter thread that dies in the last flush has not taken is left on disk',
  withCollector(async collector => {
    const spoolDir = temporaryFolder();
    const { code, durationMs } = await runNode({
      script: 'delivery/exporter-dies-in-flush.cjs',
      nodeArgs: ['--require', join(FIXTURES, 'delivery/trap-exporter.cjs')],
      env: {
        ...endpointOf(collector),
        OTEL_REGISTER_SPOOL_DIR: spoolDir,
        OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
      },
    });

    assert.is(code, 0);
    assert.ok(durationMs < 15_000, `took ${durationMs} ms`);
    const left = processFolders(spoolDir).flatMap(path =>
      readAllRecords(new Orphan(join(spoolDir, path), 'id')),
    );
    assert.equal(
      left.map(({ text }) => /before|last/.exec(text)?.[0]),
      ['last'],
    );
  }),
);

test.run();
