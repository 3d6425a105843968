import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absentEndpoint } from '../helpers/away.js';
import { ownSpoolDir } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/redaction');

const SECRET = 'hunter2-hunter2';
const SCRIPT = 'redaction/leaks.cjs';
const RECORDS = { '': 13, crash: 14, reject: 14 } as const;

for (const [ending, count] of Object.entries(RECORDS)) {
  test(
    `no secret reaches the collector, ending ${ending || 'as it should'}; what is printed stays`,
    withCollector(async collector => {
      const args = [SECRET, ending];
      // By --import, Node points at another column of the line that threw.
      const env = endpointOf(collector);
      const { stdout, stderr } = await runNode({ preload: 'require', script: SCRIPT, args, env });
      const plain = await runNode({ script: SCRIPT, args, preload: false });

      assert.is(collector.records.length, count);
      assert.not.ok(received(collector).includes('hunter'), received(collector));
      assert.is(stdout.toString(), plain.stdout.toString());
      assert.is(stderr.toString(), plain.stderr.toString());
      const [exception] = collector.records.flatMap(
        ({ attributes }) => attributes['exception.stacktrace'] ?? [],
      );
      assert.match(
        String(exception),
        /postgres:\/\/app:\[REDACTED\]@db:5432\/x\n\s+at .*leaks\.cjs/,
      );
    }),
  );

  test(`no secret reaches the disk, ending ${ending || 'as it should'}`, async () => {
    const spoolDir = ownSpoolDir();
    const env = { ...(await absentEndpoint()), OTEL_REGISTER_SPOOL_DIR: spoolDir };
    await runNode({ script: SCRIPT, args: [SECRET, ending], env });

    const spooled = bytesBelow(spoolDir);
    assert.ok(spooled.includes('[REDACTED]') && spooled.includes('connecting to'));
    assert.not.ok(spooled.includes('hunter'));
  });
}

test(
  'worker threads redact, too',
  withCollector(async collector => {
    const program = `new (require('node:worker_threads').Worker)("console.log('pwd=${SECRET}')", { eval: true })`;
    await runNode({ args: ['-e', program], env: endpointOf(collector) });

    assert.equal(
      collector.records.map(({ body }) => body),
      ['pwd=[REDACTED]'],
    );
  }),
);

for (const [env, left] of [
  [{ OTEL_REGISTER_REDACT: 'off' }, ['a', 'b', 'c']],
  [{ OTEL_REGISTER_REDACT_KEYS: 'ssn,-token' }, ['[REDACTED]', '[REDACTED]', 'c']],
] as const) {
  test(
    `${JSON.stringify(env)} is obeyed`,
    withCollector(async collector => {
      const program = "console.log('x', { ssn: 'a', password: 'b', token: 'c' })";
      await runNode({ args: ['-e', program], env: { ...env, ...endpointOf(collector) } });

      const [{ attributes }] = collector.records as [(typeof collector.records)[0]];
      assert.equal([attributes.ssn, attributes.password, attributes.token], left);
    }),
  );
}

function received(collector: Receiver): string {
  return JSON.stringify(collector.records, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const contents = files
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
  return Buffer.concat(contents);
}

test.run();
