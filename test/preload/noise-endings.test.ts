import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';

const test = suite('preload/noise-endings');

const ENDINGS: Record<string, Pick<RunOptions, 'signalAfter'>> = {
  'by itself': {},
  'by itself, after a while': {},
  'by process.exit()': {},
  'by process.exit() in an exit listener': {},
  'by process.reallyExit()': {},
  'by process.abort()': {},
  'by SIGTERM to itself': {},
  'by SIGTERM from outside': { signalAfter: { signal: 'SIGTERM', output: 'ready' } },
  'by an error nobody caught': {},
  'by a rejection nobody handled': {},
  'by a handler that throws': {},
  'with a worker thread that ends': {},
  'with a worker thread that exits': {},
  'with a worker thread that throws': {},
};

for (const [how, options] of Object.entries(ENDINGS)) {
  for (const [setting, value, told] of [
    ['OTEL_REGISTER_FOLD', 'on', 'log.repeated.count'],
    ['OTEL_REGISTER_RATE_LIMIT', '1/h', 'log.suppressed.count'],
  ] as const) {
    test(
      `${setting}: a program that ends ${how} tells what it held back, and ends as without us`,
      withCollector(async collector => {
        const run = { script: 'noise/ends.cjs', args: [how], ...options };
        const without = await runNode({ ...run, preload: false });

        const result = await runNode({
          ...run,
          env: { ...endpointOf(collector), [setting]: value },
        });

        const counts = collector.records.map(({ attributes }) => attributes[told] ?? 1);
        const said = collector.records.filter(({ body }) => /again$/.test(String(body)));
        assert.is(said.length, 2, JSON.stringify(collector.records.map(({ body }) => body)));
        assert.ok(counts.includes(3), JSON.stringify(counts));
        assert.equal([result.code, result.signal], [without.code, without.signal]);
        assert.is(result.stdout.toString(), without.stdout.toString());
      }),
    );
  }
}

test.run();
