import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import type { Behaviour } from '../receiver/behaviour.js';

const test = suite('commands/run-refused');

const DIES = `for (let i = 0; i < 3; i++) console.error('last');
  process.kill(process.pid, 'SIGKILL')`;
const PARTIAL = { partialSuccess: { rejectedLogRecords: 2, errorMessage: 'too old' } };

for (const [what, behaviour, lost] of [
  ['400', { status: 400 }, '3 ERROR so far): refused by .*HTTP 400'],
  ['401', { status: 401 }, '3 ERROR so far): refused by .*HTTP 401'],
  ['a partial success', PARTIAL, '2 of unknown level so far): rejected by .*too old'],
] as const satisfies readonly (readonly [string, Behaviour, string])[]) {
  for (const diagnostics of ['on', 'off']) {
    test(
      `what a dead program left and ${what} costs is said with diagnostics ${diagnostics}`,
      withCollector(
        async collector => {
          const env = { ...endpointOf(collector), OTEL_REGISTER_DIAGNOSTICS: diagnostics };
          const result = await runCommand(['run', '--', NODE, '-e', DIES], { env });

          assert.is(result.signal, 'SIGKILL');
          assert.ok(collector.requests.length > 0);
          const said = result.stderr.toString().match(/^otel-register: .*$/gm) ?? [];
          assert.is(said.length, diagnostics === 'on' ? 1 : 0, said.join('\n'));
          if (diagnostics === 'on') assert.match(said[0]!, new RegExp(lost.replaceAll(')', '\\)')));
        },
        { behaviour },
      ),
    );
  }
}

test.run();
