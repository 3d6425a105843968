import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeLogs } from '../helpers/otlp-sender.js';
import { HAS_PTY } from '../helpers/pty.js';
import { runCommand } from '../helpers/run-command.js';

const test = suite('commands/view-terminal');
const onTerminal = HAS_PTY ? test : test.skip;
if (!HAS_PTY) console.log('skipped: no util-linux "script" here, so no terminal');

const RECORD = { severityNumber: 13, body: { stringValue: 'Cold \x1b[2Jmodel\x07' } };
const MESSAGE = 'Cold \\u001b[2Jmodel\\u0007';

for (const [what, env, shown] of [
  ['in colours', {}, `\x1b[33mWARN \x1b[0m ${MESSAGE}`],
  ['without colours if NO_COLOR is set', { NO_COLOR: '1' }, `WARN  ${MESSAGE}`],
] as const) {
  onTerminal(`on a terminal records are printed ${what}, and Ctrl-C ends it with 0`, async () => {
    let text = '';
    const once = onlyOnce();
    const { stdout, code } = await runCommand(['view', '--no-ui', '--port', '0'], {
      stdio: 'pty',
      env: { TERM: 'xterm', ...env },
      onSpawn: child => {
        child.stdout!.on('data', chunk => {
          text += chunk;
          const [, url] = /ENDPOINT=(\S+) /.exec(text) ?? [];
          if (url) once('send', () => void sendRecord(url));
          if (text.includes('Cold')) once('stop', () => child.stdin!.write('\x03'));
        });
      },
    });

    assert.ok(String(stdout).includes(shown), String(stdout));
    assert.not.match(String(stdout), '\x1b[2J');
    if ('NO_COLOR' in env) assert.not.match(String(stdout), '\x1b');
    assert.is(code, 0);
  });
}

function sendRecord(url: string): Promise<Response> {
  const headers = { 'content-type': 'application/x-protobuf' };
  const body = Buffer.from(encodeLogs([RECORD]));
  return fetch(`${url}/v1/logs`, { method: 'POST', headers, body });
}

function onlyOnce(): (what: string, work: () => void) => void {
  const done = new Set<string>();
  return (what, work) => {
    if (!done.has(what)) work();
    done.add(what);
  };
}

test.run();
