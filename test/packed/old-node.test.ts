import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageCommand } from '../helpers/packed-package.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('packed/old-node');

// A Node older than 20.19, which `npm run test:matrix` brings along.
const OLD_NODE = process.env.TEST_OLD_NODE;
const onOldNode = OLD_NODE === undefined ? test.skip : test;
if (OLD_NODE === undefined) console.log('Skipped: TEST_OLD_NODE names no Node older than 20.19.');

const PROGRAM = "console.log('Hello'); console.error('Trouble'); process.exitCode = 3";

for (const preload of ['import', 'require'] as const) {
  onOldNode(
    `--${preload} says one line on a Node too old for it, and the program runs`,
    async () => {
      const run = await runNode({ preload, args: ['-e', PROGRAM], nodePath: OLD_NODE! });

      assert.is(String(run.stdout), 'Hello\n');
      assert.match(
        String(run.stderr),
        /^otel-register: Node v[\d.]+ is too old, 20\.19 or newer is needed; the program runs without it\.\nTrouble\n$/,
      );
      assert.equal({ code: run.code, signal: run.signal }, { code: 3, signal: null });
    },
  );
}

onOldNode('doctor says of a Node that it is too old', async () => {
  const args = ['doctor', '--no-send', '--json'];
  const script = packageCommand();

  const run = await runNode({ script, args, preload: false, nodePath: OLD_NODE! });

  const { sections } = JSON.parse(String(run.stdout));
  assert.equal(
    sections.map(({ title }: { title: string }) => title),
    ['Start'],
  );
  assert.is(sections[0].findings[0].id, 'node.old');
  assert.is(run.code, 1);
});

test.run();
