import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { CLIENT, SERVER } from './two-programs.js';

const test = suite('tracing/https');

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
if (!HAS_OPENSSL) console.log('Skipped: https needs `openssl`, which is not here.');
const withOpenssl = HAS_OPENSSL ? test : test.skip;

withOpenssl(
  'a request by https is one trace on both sides',
  withCollector(async collector => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-https-'));
    try {
      const line =
        'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem';
      execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });

      const { code, stderr } = await runNode({
        script: 'tracing/https.cjs',
        args: [folder],
        env: endpointOf(collector),
      });

      assert.is(code, 0, stderr.toString());
      const client = collector.spans.find(({ kind }) => kind === CLIENT)!;
      const server = collector.spans.find(({ kind }) => kind === SERVER)!;
      assert.is(collector.spans.length, 2);
      assert.is(server.parentSpanId, client.spanId);
      assert.is(collector.records[0]!.spanId, server.spanId);
      assert.is(server.attributes['url.scheme'], 'https');
      const port = client.attributes['server.port'];
      assert.is(client.attributes['url.full'], `https://127.0.0.1:${port}/`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);

test(
  'baggage goes to a near host and not to a far one',
  withCollector(async collector => {
    await runNode({ script: 'tracing/baggage.cjs', env: endpointOf(collector) });

    assert.equal(
      collector.records.map(({ attributes: { host, baggage } }) => [host, baggage]),
      [
        ['worker', 'customer=abc123'],
        ['api.example.com', null],
      ],
    );
    assert.is(collector.spans.length, 4);
  }),
);

test.run();
