import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkConnection } from '../../../src/commands/doctor/check-connection.js';
import { readDestination } from '../../../src/commands/doctor/destination.js';
import { refusedPort } from './servers.js';

const test = suite('commands/doctor/check-connection');

async function todoWith(env: NodeJS.ProcessEnv): Promise<string> {
  const to = await readDestination(`http://127.0.0.1:${await refusedPort()}/v1/logs`);
  const [finding] = await checkConnection(to, { timeoutMs: 30_000, env });
  assert.is(finding!.id, 'tcp');
  return `${finding!.means} ${finding!.todo}`;
}

test('who has set no endpoint is told so, and of the viewer', async () => {
  assert.match(await todoWith({}), /^No endpoint is set.*or start a collector.*otel-register view/);
});

for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT']) {
  test(`who has set ${name} is told to correct it`, async () => {
    assert.match(await todoWith({ [name]: 'http://localhost:1' }), /correct the port/);
  });
}

test.run();
