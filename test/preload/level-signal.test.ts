import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { rulesFile } from '../helpers/rules-file.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/level-signal');

const SIGNAL = { OTEL_REGISTER_LEVEL_SIGNAL: 'SIGUSR2' };

/** Sends SIGUSR2 once the program runs, again once DEBUG arrives, and ends it when that is over. */
async function toggledTwice(collector: Receiver, env: Record<string, string>) {
  return runNode({
    script: 'rules/ticks.cjs',
    args: ['worker'],
    env: { ...endpointOf(collector), ...SIGNAL, ...env },
    onSpawn: async child => {
      const said = (text: string) =>
        new Promise<void>(resolve => {
          let all = '';
          child.stderr!.on('data', chunk => {
            all += chunk;
            if (all.includes(text)) resolve();
          });
        });
      await collector.waitFor(() => collector.countRecords() > 0);
      const isLowered = said('debug.');
      child.kill('SIGUSR2');
      await isLowered;
      await collector.waitFor(() =>
        ['debug of main', 'debug of worker'].every(body =>
          collector.records.some(record => record.body === body),
        ),
      );
      const isBack = said('info.');
      child.kill('SIGUSR2');
      await isBack;
      child.kill('SIGTERM');
    },
  });
}

for (const [where, env] of Object.entries({
  OTEL_REGISTER_LOG_LEVEL: () => ({ OTEL_REGISTER_LOG_LEVEL: 'info' }),
  'the rules file': () => ({ OTEL_REGISTER_RULES: rulesFile('level: info') }),
})) {
  test(
    `SIGUSR2 lowers the level of ${where} to debug in all threads, and sets it back`,
    withCollector(async collector => {
      const { stderr, signal } = await toggledTwice(collector, env());

      assert.is(
        stderr.toString(),
        'otel-register: SIGUSR2: the least level sent is now debug.\n' +
          'otel-register: SIGUSR2: the least level sent is now info.\n',
      );
      assert.is(signal, 'SIGTERM');
      const first = collector.records[0]!;
      assert.match(String(first.body), 'tick');
    }),
  );
}

test(
  'by default SIGUSR2 ends a program as it does without us',
  withCollector(async collector => {
    const { signal, stderr } = await runNode({
      script: 'endings/signal-none.cjs',
      env: endpointOf(collector),
      signalAfter: { signal: 'SIGUSR2', output: 'ready' },
    });

    assert.is(signal, 'SIGUSR2');
    assert.is(stderr.toString(), '');
  }),
);

test(
  'a program that listens to SIGUSR2 gets it, and the level stays',
  withCollector(async collector => {
    const { stdout, stderr, code } = await runNode({
      args: [
        '-e',
        `process.on('SIGUSR2', () => {
           console.log('heard', process.listenerCount('SIGUSR2'));
           console.debug('still below');
           process.exit(3);
         });
         setInterval(() => {}, 1000);
         console.log('ready');`,
      ],
      env: { ...endpointOf(collector), ...SIGNAL, OTEL_REGISTER_LOG_LEVEL: 'info' },
      signalAfter: { signal: 'SIGUSR2', output: 'ready' },
    });

    assert.is(stdout.toString(), 'ready\nheard 1\nstill below\n');
    assert.is(stderr.toString(), '');
    assert.is(code, 3);
    assert.equal(
      collector.records.map(({ body }) => body),
      ['ready', 'heard 1'],
    );
  }),
);

test('a program that has nothing to do ends, although the signal is watched', async () => {
  const { code, stdout } = await runNode({
    args: ['-e', `console.log(process.listenerCount('SIGUSR2'))`],
    env: SIGNAL,
  });

  assert.is(stdout.toString(), '0\n');
  assert.is(code, 0);
});

test.run();
