import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { newFolder } from './programs.js';
import { replay } from './replaying.js';

const test = suite('durability/launched');

test(
  'the last words of a launched program are its own, not those of what launched it',
  withCollector(async collector => {
    const [folder, spoolDir] = [newFolder(), newFolder()];
    writeFileSync(join(folder, 'package.json'), '{"name":"launched"}');
    const { signal } = await runNode({
      script: 'durability/launched.cjs',
      args: [join(folder, 'app.js')],
      env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir },
    });
    await replay(spoolDir, collector);

    assert.is(signal, 'SIGKILL');
    assert.equal(
      collector.records.map(({ body, resource }) => [body, resource['service.name']]),
      [['failed', 'launched']],
    );
  }),
);

test.run();
