import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from '../preload/console-records.js';

const test = suite('redaction/patterns');

test('what the application matched last can still be read after its log call', async () => {
  const records = await recordsOf(`
    /(b)(c)/.exec('abcd');
    console.log('login with password=hunter2 at 4111 1111 1111 1111');
    console.log([RegExp.$1, RegExp.$2, RegExp.lastMatch, RegExp.leftContext].join());
  `);

  const bodies = records.map(({ body }) => body);
  assert.equal(bodies, ['login with password=[REDACTED] at [REDACTED]', 'b,c,bc,a']);
});

test('nothing the application replaced is used, not for the first record either', () => {
  const program = fileURLToPath(new URL('./patched-builtins.js', import.meta.url));
  const child = spawnSync(process.env.TEST_NODE ?? process.execPath, [program]);

  assert.is(child.stderr.toString(), '');
  assert.equal(JSON.parse(child.stdout.toString()), {
    used: [],
    body: 'pwd=[REDACTED], x://u:[REDACTED]@h, Basic [REDACTED], [REDACTED], [REDACTED]',
    attributes: {
      api_key: '[REDACTED]',
      n: 'token=[REDACTED]',
      ssn: '[REDACTED]',
      iban: '[REDACTED]',
    },
    text: 'TAX-NUMMER=[REDACTED]',
    below: '{"password":["[REDACTED]"]}',
  });
});

test.run();
