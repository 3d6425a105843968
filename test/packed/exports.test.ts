import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('packed/exports');

const COMMONJS = `require('${PACKAGE_NAME}'); console.log('Hello');`;
const MODULE = `import '${PACKAGE_NAME}'; console.log('Hello');`;

const starts: readonly (readonly [how: string, nodeArgs: readonly string[]])[] = [
  ['--import by its name', ['--import', PACKAGE_NAME, '-e', "console.log('Hello')"]],
  ['--require by its name', ['--require', PACKAGE_NAME, '-e', "console.log('Hello')"]],
  ['-r and --import together', ['-r', PACKAGE_NAME, '--import', PACKAGE_NAME, '-e', MODULE]],
  ['require() in a program', ['-e', COMMONJS]],
  ['import in a program', ['--input-type=module', '-e', MODULE]],
];

for (const [how, nodeArgs] of starts) {
  test(
    `${how} starts it, once`,
    withCollector(async collector => {
      const args = how.includes('together') ? ['--input-type=module', ...nodeArgs] : nodeArgs;

      const run = await runNode({ preload: false, nodeArgs: args, env: endpointOf(collector) });

      assert.is(String(run.stderr), '');
      assert.is(String(run.stdout), 'Hello\n');
      assert.is(run.code, 0);
      assert.equal(
        collector.records.map(({ body }) => body),
        ['Hello'],
      );
    }),
  );
}

test('its package.json can be read by those who ask for versions', async () => {
  const program = `console.log(require('${PACKAGE_NAME}/package.json').name)`;
  const run = await runNode({ preload: false, nodeArgs: ['-e', program] });
  assert.is(String(run.stdout), `${PACKAGE_NAME}\n`);
});

for (const path of ['dist/start.cjs', 'dist/register.mjs', 'dist/exporter.cjs', 'src/start.ts']) {
  test(`${path} is nobody's to load`, async () => {
    const load = `import('${PACKAGE_NAME}/${path}').catch(error => console.log(error.code))`;
    const run = await runNode({ preload: false, nodeArgs: ['-e', load] });
    assert.is(String(run.stdout), 'ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
}

test.run();
