import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { ReceivedSpan } from '../../src/receiver/received-span.js';
import { endpointOf } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';
import { folderOf } from './observe.js';
import { COLLECTIONS } from './setups.js';

const test = suite('coexistence/collection');

const ours = ['--import', pathToFileURL(packageEntry('import')).href];
const theirs = ['--require', '@opentelemetry/auto-instrumentations-node/register'];
const INSTRUMENTED = /instrumentation-(express|ioredis|router)$/;

for (const [name, { title }] of Object.entries(COLLECTIONS)) {
  const folder = folderOf(name);
  if (folder === undefined) {
    console.log(`skipped: ${title} is not installed, see "npm run test:coexistence"`);
  }
  const it = folder === undefined || !HAS_REDIS ? test.skip : test;

  for (const script of ['collection.cjs', 'collection.mjs']) {
    it(`${title} makes its spans in our traces for ${script}, as by itself`, async () => {
      const reference = await run(folder!, { script: 'collection.cjs', nodeArgs: theirs });
      const { spans, records, output, errors } = await run(folder!, { script, nodeArgs: ours });

      assert.is(errors, '');
      assert.is(output, 'handled one\n200\nhandled two\n200\n');
      const expected = described(reference.spans).filter(isInstrumented);
      assert.is(expected.filter(text => text.includes('ioredis')).length, 4, expected.join('\n'));
      assert.equal(described(spans).filter(isInstrumented), expected);
      assert.equal(
        described(spans).filter(text => !isInstrumented(text)),
        ['fetch GET 3 in none', 'http GET /jobs/:id 2 in GET'].flatMap(text => [text, text]),
      );
      assert.is(new Set(spans.map(({ traceId }) => traceId)).size, 2, 'one for each request');
      assertIds(records, spans);
    });
  }

  it(`${title} makes no spans of ours once the program traces by itself`, async () => {
    const script = 'collection.cjs';
    const env = { OWN: 'yes' };
    const without = await run(folder!, { script, nodeArgs: [], env });
    const { spans, output, errors } = await run(folder!, { script, nodeArgs: ours, env });

    assert.is(errors, '');
    assert.is(new Set(spans.map(({ traceId }) => traceId)).size, 1, 'the first request');
    assert.is(described(spans).filter(text => text.includes('ioredis')).length, 2);
    assert.is(output, without.output, 'its own has what it has without us');
    assert.match(output, '"GET"');
  });

  it(`${title} makes the spans that OTEL_NODE_… leaves it`, async () => {
    const env = {
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'ioredis,express',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'express',
    };
    const { spans } = await run(folder!, { script: 'collection.cjs', nodeArgs: ours, env });

    const scopes = new Set(spans.map(({ scope }) => scope.name));
    assert.equal([...scopes].sort(), ['@opentelemetry/instrumentation-ioredis', 'fetch', 'http']);
  });
}

interface Run {
  readonly script: string;
  readonly nodeArgs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function run(folder: string, { script, nodeArgs, env }: Run) {
  cpSync(join(FIXTURES, 'coexistence'), folder, { recursive: true });
  const collector = await createReceiver();
  try {
    let result: Awaited<ReturnType<typeof runNode>> | undefined;
    await withRedis(async port => {
      result = await runNode({
        script: join(folder, script),
        cwd: folder,
        preload: false,
        nodeArgs,
        env: {
          ...endpointOf(collector),
          REDIS_PORT: `${port}`,
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
          // Else it asks the addresses of clouds, for seconds.
          OTEL_NODE_RESOURCE_DETECTORS: 'env',
          ...env,
        },
      });
    });
    const { stdout, stderr, code } = result!;
    assert.is(code, 0, stderr.toString());
    const { spans, records } = collector;
    return { spans, records, output: stdout.toString(), errors: stderr.toString() };
  } finally {
    await collector.close();
  }
}

function described(spans: readonly ReceivedSpan[]): string[] {
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans
    .map(({ scope, name, kind, parentSpanId }) => {
      const parent = parentSpanId === '' ? 'none' : (nameOf.get(parentSpanId) ?? 'unknown');
      return `${scope.name} ${name} ${kind} in ${parent}`;
    })
    .sort();
}

function isInstrumented(text: string): boolean {
  return INSTRUMENTED.test(text.split(' ')[0]!);
}

// Each in the innermost span that is not one of Redis.
function assertIds(records: readonly ReceivedLog[], spans: readonly ReceivedSpan[]): void {
  const handled = records.filter(({ body }) => `${body}`.startsWith('handled'));
  assert.is(handled.length, 2);
  for (const { traceId, spanId } of handled) {
    const span = spans.find(each => each.spanId === spanId);
    assert.is(span?.traceId, traceId);
    assert.match(span!.name, /^request handler/);
  }
}

test.run();
