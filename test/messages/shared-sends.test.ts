import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('messages/shared-sends');
const onRedis = HAS_REDIS ? test : test.skip;

const WAYS = ['automatic', 'pipeline', 'pool', 'multi', 'execute'];

onRedis('what several requests send in one go carries the id of each', async () => {
  await withRedis(async port => {
    const { code, stdout, stderr } = await runNode({
      script: 'messages/shared-sends.cjs',
      args: [String(port)],
      env: { OTEL_REGISTER_SPOOL: 'off', OTEL_REGISTER_PROPAGATE: 'redis-pubsub' },
    });

    assert.is(code, 0, stderr.toString());
    const ids = ['A', 'B', 'C'];
    const expected = WAYS.flatMap(way => ids.map(id => `${way} ${id} request_id=${id}`));
    assert.equal(
      stdout.toString().trimEnd().split('\n').sort(),
      [...expected, ...ids.map(id => `ran ${id}`)].sort(),
    );
  });
});

test.run();
