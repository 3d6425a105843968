import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';

const test = suite('tracing/own-sdk');

const APIS = [
  ['api-1.9', '1.9'],
  ['@opentelemetry/api', '1.10'],
] as const;

for (const [name, version] of APIS) {
  const own = join(FIXTURES, `tracing/own-preload-${version}.cjs`);
  const ours = packageEntry('require');
  const ways: Readonly<Record<string, RunOptions>> = {
    'at once': { args: [name, 'at once'] },
    later: { args: [name, 'later'] },
    'in a preload before ours': { args: [name], nodeArgs: ['--require', own], preload: 'require' },
    'in a preload after ours': {
      args: [name],
      nodeArgs: ['--require', ours, '--require', own],
      preload: false,
    },
  };
  for (const [when, options] of Object.entries(ways)) {
    test(
      `a program that registers api ${version} ${when} traces alone from then on`,
      withCollector(async collector => {
        const { code, stdout, stderr } = await runNode({
          script: 'tracing/own-sdk.cjs',
          env: endpointOf(collector),
          ...options,
        });

        assert.is(stderr.toString(), '');
        assert.is(code, 0);
        const { spans, seen } = JSON.parse(stdout.toString().trim().split('\n').at(-1)!);
        const ofUs = when === 'later' ? 2 : 0;
        assert.is(collector.spans.length, ofUs);
        assert.equal(
          spans.map(([spanName]: [string]) => spanName),
          ['own', 'own'],
        );
        const ids = spans.map(([, id]: [string, string]) => id);
        const asked = when === 'later' ? seen.slice(1) : seen;
        assert.equal(
          asked.map(([count, header]: [number, string?]) => [count, header?.split('-')[2]]),
          [
            [1, ids[0]],
            [0, undefined],
            [1, ids[1]],
            [0, undefined],
          ],
        );
        const inSpan = collector.records.filter(({ body }) => body === 'in own span');
        assert.equal(
          inSpan.map(({ spanId, attributes }) => [spanId, attributes.span]),
          ids.map((id: string) => [id, id]),
        );
      }),
    );
  }
}

test(
  'with OTEL_REGISTER_TRACES=on it is said that the program traces by itself',
  withCollector(async collector => {
    const { stderr } = await runNode({
      script: 'tracing/own-sdk.cjs',
      args: ['@opentelemetry/api', 'at once'],
      env: { ...endpointOf(collector), OTEL_REGISTER_TRACES: 'on' },
    });

    assert.match(stderr.toString(), /^otel-register: The program registered a tracing of its own/);
    assert.is(collector.spans.length, 0);
  }),
);

test.run();
