import { stripVTControlCharacters } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absentEndpoint } from '../helpers/away.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { HAS_PTY } from '../helpers/pty.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/collector-exit');

if (!HAS_PTY) console.log('Skipped: a terminal needs `script` of util-linux.');
const onTerminal = HAS_PTY ? test : test.skip;

/** How long a program's end took that lived so long before, with start-up time in it. */
async function measureEndMs(livesMs: number, env: Record<string, string>): Promise<number> {
  const { stdout, durationMs, code } = await runNode({
    script: 'delivery/live-for.cjs',
    args: [String(livesMs)],
    env,
  });

  assert.is(code, 0);
  return durationMs - Number(stdout.toString().split('\n')[1]);
}

test('a collector that refuses is not waited for at the end', async () => {
  const env = { ...(await absentEndpoint()), OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000' };

  for (const livesMs of [0, 500, 1_500]) {
    const endMs = await measureEndMs(livesMs, env);
    assert.ok(endMs < 2_000, `took ${endMs} ms after ${livesMs}`);
  }
});

test(
  'a collector that hangs is waited for no longer than the exit timeout',
  withCollector(
    async collector => {
      const env = { ...endpointOf(collector), OTEL_REGISTER_EXIT_TIMEOUT_MS: '600' };
      const endMs = await measureEndMs(0, env);

      assert.ok(endMs > 400 && endMs < 4_000, `took ${endMs} ms`);
    },
    { behaviour: { hang: true } },
  ),
);

for (const [what, livesMs] of [
  ['between two attempts', 800],
  ['during an attempt', 2_000],
] as const) {
  test(
    `a collector known to hang is not waited for at an end ${what}`,
    withCollector(
      async collector => {
        const endMs = await measureEndMs(livesMs, {
          ...endpointOf(collector),
          OTEL_BLRP_SCHEDULE_DELAY: '0',
          // The first attempt ends after that; the second begins about a second later.
          OTEL_EXPORTER_OTLP_TIMEOUT: what === 'between two attempts' ? '400' : '700',
          OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
        });

        assert.ok(endMs < 500, `took ${endMs} ms`);
      },
      { behaviour: { hang: true } },
    ),
  );
}

test(
  'a slow collector is waited for while it makes progress',
  withCollector(
    async collector => {
      await runNode({
        script: 'delivery/many-then-exit.cjs',
        args: ['5'],
        env: { ...endpointOf(collector), OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '1' },
      });

      assert.is(collector.records.length, 5);
    },
    { behaviour: { delayMs: 150 } },
  ),
);

onTerminal('on a terminal a program whose records all failed says so at its end', async () => {
  const env = await absentEndpoint();
  const { stdout, code } = await runNode({ script: 'delivery/one-line.cjs', env, stdio: 'pty' });

  assert.is(code, 0);
  const place = `${env.OTEL_EXPORTER_OTLP_ENDPOINT!.replace('user:secret@', '')}/v1/logs`;
  assert.is(
    stdout.toString(),
    `hello\r\notel-register: None of 1 log records reached ${place}.\r\n`,
  );
});

onTerminal(
  'on a terminal nothing is said at the end of a program that was heard once',
  withCollector(async collector => {
    collector.behave({ status: 503 });
    collector.behave({}, 1);
    const { stdout } = await runNode({
      script: 'delivery/many-then-exit.cjs',
      args: ['2'],
      env: { ...endpointOf(collector), OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '1' },
      stdio: 'pty',
    });

    assert.is(stripVTControlCharacters(stdout.toString()), 'line 0\r\nline 1\r\n');
    assert.is(collector.records.length, 1);
  }),
);

test.run();
