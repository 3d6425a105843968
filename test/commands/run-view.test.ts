import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageCommand } from '../helpers/packed-package.js';
import { HAS_PTY } from '../helpers/pty.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('commands/run-view');

const HAS_VIEW = /^ {2}view /m.test(
  execFileSync(NODE, [packageCommand(), '--help'], { encoding: 'utf8' }),
);
if (!HAS_VIEW) console.log('Skipped: there is no command "view" here.');
const withView = HAS_VIEW ? test : test.skip;
const onTerminal = HAS_VIEW && HAS_PTY ? test : test.skip;

const SHOWN = /^otel-register: Logs are shown at (http:\S+)\.\n/;
const HELLO = [NODE, '-e', "console.log('Hello'); process.exitCode = 3"];
/** What it logs is on the page while it runs. */
const LOOKS = `
  console.log('Hello');
  const http = require('http');
  const url = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  console.log(url, process.env.OTEL_EXPORTER_OTLP_HEADERS);
  http.get(url, response => console.log(response.statusCode > 0));`;

withView('the viewer is started, the program sends there, and both end', async () => {
  const { stdout, stderr, code } = await runCommand(['run', '--view', ...HELLO]);

  assert.is(String(stdout), 'Hello\n');
  const [, pageUrl] = SHOWN.exec(String(stderr)) ?? [];
  assert.is(String(stderr).replace(SHOWN, ''), '');
  assert.is(code, 3);
  assert.not.ok(await answers(pageUrl!));
});

withView('the program sees the viewer as its collector, and nobody gets credentials', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=secret',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:9/v1/logs',
  };

  const { stdout } = await runCommand(['run', '--view', NODE, '-e', LOOKS], { env });

  assert.match(String(stdout), /^Hello\nhttp:\/\/(127\.0\.0\.1|localhost):\d+ undefined\ntrue\n$/);
});

for (const [env, delay] of [
  [{}, '200'],
  [{ OTEL_BLRP_SCHEDULE_DELAY: '700' }, '700'],
] as const) {
  withView(`whoever watches waits ${delay} ms for a record`, async () => {
    const asks = 'console.log(process.env.OTEL_BLRP_SCHEDULE_DELAY)';

    const { stdout } = await runCommand(['run', '--view', NODE, '-e', asks], { env });

    assert.is(String(stdout), `${delay}\n`);
  });
}

for (const [program, code, why] of [
  ['no-such-program', 127, 'command not found'],
  ['/', 126, 'permission denied'],
] as const) {
  withView(`a program that cannot be started (${program}) ends the viewer, too`, async () => {
    const { stderr, code: ended } = await runCommand(['run', '--view', program]);

    const [, pageUrl] = SHOWN.exec(String(stderr)) ?? [];
    assert.is(String(stderr).replace(SHOWN, ''), `otel-register: ${program}: ${why}\n`);
    assert.is(ended, code);
    assert.not.ok(await answers(pageUrl!));
  });
}

withView('a viewer of a run that was killed ends, too', async () => {
  let pageUrl = '';
  const { signal } = await runNode({
    script: packageCommand(),
    args: ['run', '--view', NODE, '-e', 'console.log("up"); setTimeout(() => {}, 20_000)'],
    preload: false,
    env: { OTEL_REGISTER_DIAGNOSTICS: 'off' },
    onSpawn: child => {
      child.stderr?.on('data', text => {
        pageUrl ||= SHOWN.exec(String(text))?.[1] ?? '';
      });
      child.stdout?.once('data', () => {
        const of = `/proc/${child.pid}/task/${child.pid}/children`;
        const children = execFileSync('cat', [of], { encoding: 'utf8' }).trim().split(' ');
        child.kill('SIGKILL');
        // The program would live on.
        process.kill(Number(children.at(-1)), 'SIGKILL');
      });
    },
  });

  assert.is(signal, 'SIGKILL');
  while (await answers(pageUrl)) await sleep(50);
});

onTerminal('on a terminal the page stays until Control-C', async () => {
  const { stdout, code } = await runCommand(['run', '--view', ...HELLO], {
    stdio: 'pty',
    inputAfter: 'stays until Control-C',
    input: '\x03',
  });

  assert.match(String(stdout), 'The program has ended.');
  assert.is(code, 3);
});

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

test.run();
