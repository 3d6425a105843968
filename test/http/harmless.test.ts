import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runNode } from '../helpers/run-node.js';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('http/harmless');

for (const script of ['requests/fakes.cjs', 'requests/for-in.cjs', 'requests/stacks.cjs']) {
  test(`${script} prints what it prints without us`, async () => {
    const [ours, bare] = await Promise.all([
      runNode({ script, preload: 'require' }),
      runNode({ script, preload: false }),
    ]);

    assert.is(String(ours.stderr), String(bare.stderr));
    assert.is(String(ours.stdout), String(bare.stdout));
    assert.is(ours.code, bare.code);
  });
}

test('what one request of a connection binds is not on the next', async () => {
  const lines = linesOf(await recordsOf('requests/one-connection.cjs'));

  assert.equal(lines, [
    ['INFO', '/1', { region: 'eu', request_id: 'given-1', customer_id: 'of the first' }],
    ['INFO', '/2', { region: 'eu', request_id: 'given-2' }],
    ['INFO', '/3', { region: 'eu', request_id: 'given-3' }],
    ['INFO', '/4', { region: 'eu', request_id: 'given-4' }],
  ]);
});

test.run();
