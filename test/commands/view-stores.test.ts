import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('commands/view-stores');

// The tests of the stores run on the Node of the test run, which may have no SQLite.
const onOther = process.env.TEST_NODE ? test : test.skip;
if (!process.env.TEST_NODE) console.log('skipped: no other Node than the one that runs all tests');

onOther('the stores of records pass their tests on the Node under test', async () => {
  const { code, stdout, stderr } = await runNode({
    script: join(REPOSITORY, 'node_modules/uvu/bin.js'),
    args: ['build/test', 'viewer/store/.*\\.test\\.js$'],
    cwd: REPOSITORY,
    preload: false,
    timeoutMs: 180_000,
  });

  assert.is(code, 0, `${stdout}${stderr}`);
  assert.match(String(stdout), /Passed:\s+[1-9]/);
});

test.run();
