import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/start-configuration');

type Mistake = [variable: string, value: (url: string) => string];

const MISTAKES: Record<string, Mistake> = {
  'an endpoint without a scheme': [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    url => url.replace('http://', ''),
  ],
  'an endpoint in spaces': ['OTEL_EXPORTER_OTLP_ENDPOINT', url => ` ${url} `],
  'an endpoint that doubles /v1/logs': ['OTEL_EXPORTER_OTLP_ENDPOINT', url => `${url}/v1/logs`],
  'an unknown level': ['OTEL_REGISTER_LOG_LEVEL', () => 'loud'],
  'a negative size': ['OTEL_REGISTER_MAX_MEMORY_BYTES', () => '-1'],
  'a delay that is no number': ['OTEL_BLRP_SCHEDULE_DELAY', () => 'soon'],
  'a protocol that is not spoken': ['OTEL_EXPORTER_OTLP_PROTOCOL', () => 'grpc'],
  'a name of ours that is none': ['OTEL_REGISTER_EXIT_TIMEOUT', () => '100'],
};

for (const [mistake, [variable, value]] of Object.entries(MISTAKES)) {
  test(
    `${mistake} costs one line that names ${variable}, and no record`,
    withCollector(async collector => {
      const env = { ...endpointOf(collector), [variable]: value(collector.url) };

      const { code, stdout, stderr } = await runNode({ script: 'start/line.cjs', env });

      assert.match(stderr.toString(), new RegExp(`^otel-register: .*${variable}.*\\.\\n$`));
      assert.is(stdout.toString(), 'logged line.cjs\n');
      assert.is(code, 0);
      assert.is(collector.countRecords(), 1);
    }),
  );

  test(
    `${mistake} costs no line in worker threads, and none with OTEL_REGISTER_DIAGNOSTICS=off`,
    withCollector(async collector => {
      const env = { ...endpointOf(collector), [variable]: value(collector.url) };
      const run = (diagnostics: string) =>
        runNode({
          script: 'workers/kinds.cjs',
          args: ['a worker in a worker'],
          env: { ...env, OTEL_REGISTER_DIAGNOSTICS: diagnostics },
        });

      const [on, off] = await Promise.all([run('on'), run('off')]);

      assert.is(on.stderr.toString().match(/\n/g)?.length, 1);
      assert.is(off.stderr.toString(), '');
      assert.is(collector.countRecords(), 2);
    }),
  );
}

test(
  'several mistakes cost a line each',
  withCollector(async collector => {
    const { stderr } = await runNode({
      script: 'start/line.cjs',
      env: {
        ...endpointOf(collector),
        OTEL_REGISTER_LOG_LEVEL: 'loud',
        OTEL_REGISTER_MAX_MEMORY_BYTES: '-1',
        OTEL_REGISTER_EXIT_TIMEOUT_MS: 'long',
      },
    });

    const lines = stderr.toString().trimEnd().split('\n');
    assert.is(lines.length, 3);
    assert.ok(lines.every(line => line.startsWith('otel-register: ')));
  }),
);

test.run();
