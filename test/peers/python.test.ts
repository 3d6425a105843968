import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { findPython } from '../helpers/python.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('peers/python');

const PYTHON = HAS_REDIS ? findPython() : undefined;
const withPython = PYTHON === undefined ? test.skip : test;
const PEER_TIMEOUT_MS = 60_000;

interface PeerLine {
  readonly event: string;
  readonly trace_id: string;
  readonly request_id?: string;
}

withPython(
  'a Python service and ours are one trace and one request, by HTTP and by Redis',
  async () => {
    await withRedis(port =>
      withCollector(async collector => {
        let peer: Promise<readonly PeerLine[]> = Promise.resolve([]);
        const { code, stderr } = await runNode({
          script: 'peers/server.cjs',
          args: [String(port)],
          env: { ...endpointOf(collector), OTEL_REGISTER_PROPAGATE: 'redis-streams' },
          timeoutMs: PEER_TIMEOUT_MS,
          onSpawn: child => {
            peer = listeningUrl(child).then(url => runPeer(url, port));
            // Awaited below, once the program has ended.
            peer.catch(() => child.kill('SIGKILL'));
          },
        });
        const lines = await peer;
        assert.is(code, 0, stderr.toString());

        assert.equal(
          lines.map(({ event }) => event),
          ['asks', 'asked', 'took'],
        );
        const [{ trace_id: traceId }] = lines as [PeerLine];
        assert.match(traceId, /^[\da-f]{32}$/);
        for (const line of lines) assert.is(line.trace_id, traceId, line.event);
        assert.equal(
          lines.map(({ request_id }) => request_id),
          Array(3).fill('req-py-1'),
        );
        assert.equal(
          collector.records.map(({ body, attributes, ...ids }) => [
            body,
            attributes.request_id,
            ids.traceId,
          ]),
          [
            ['received', 'req-py-1', traceId],
            ['added', 'req-py-1', traceId],
          ],
        );
      })(),
    );
  },
);

async function runPeer(url: string, port: number): Promise<readonly PeerLine[]> {
  const { stdout } = await promisify(execFile)(
    PYTHON!,
    [join(FIXTURES, 'peers/peer.py'), url, String(port)],
    { env: childEnvironment(), timeout: PEER_TIMEOUT_MS },
  );
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as PeerLine);
}

test.run();
