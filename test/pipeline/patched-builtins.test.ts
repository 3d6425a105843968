import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('pipeline/patched-builtins');

test('neither a span that ends nor a record uses what the application replaced', () => {
  const program = fileURLToPath(new URL('./patched-builtins.js', import.meta.url));
  const child = spawnSync(process.env.TEST_NODE ?? process.execPath, [program]);

  assert.is(child.stderr.toString(), '');
  const { span, ...told } = JSON.parse(child.stdout.toString()) as { span: { spanId: string } };
  assert.is(span.spanId, 'b7ad6b7169203331');
  assert.equal(told, {
    used: [],
    // Its scope, and the span.
    frames: 2,
    severity: 13,
    shown: '20 %',
    map: { keys: ['k'], values: [1] },
  });
});

test.run();
