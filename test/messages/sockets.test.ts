import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('messages/sockets');

for (const how of ['plain', 'deflate']) {
  test(
    `the job that a message of a WebSocket names is bound, and who its peer claims to be is not (${how})`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'messages/sockets.cjs',
        args: [how],
        env: endpointOf(collector),
      });

      assert.is(code, 0, stderr.toString());
      const known = { request_id: 'req-1', customer_id: 'c-1' };
      for (const body of ['server', 'server, later']) {
        const lines = collector.records.filter(record => record.body === body);
        assert.equal(
          lines.map(({ attributes: { 'log.iostream': _, n: __, ...fields } }) => fields),
          [{ ...known, job_id: 'job-1' }, known, { ...known, job_id: 'job-2' }],
        );
      }
      const ofClient = collector.records.filter(({ body }) => body === 'client');
      assert.equal(
        ofClient.map(({ attributes }) => attributes.job_id),
        ['job-1', undefined, 'job-2'],
      );
    }),
  );
}

test.run();
