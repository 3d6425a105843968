import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { freePort } from '../helpers/free-port.js';
import { installPackedPackage, packageCommand, packageEntry } from '../helpers/packed-package.js';
import { FIXTURES, PACKAGE_NAME } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';

const test = suite('commands/run-environment');

const ENVIRONMENT = join(FIXTURES, 'commands/environment.cjs');
const PRELOAD = `--require ${packageEntry('require')}`;

interface Seen {
  readonly nodeOptions: string;
  readonly runId: string;
  readonly child?: Seen;
}

async function see(args: readonly string[], env: Record<string, string> = {}): Promise<Seen> {
  const { stdout, stderr } = await runCommand(['run', NODE, ENVIRONMENT, ...args], { env });
  assert.is(String(stderr), '');
  return JSON.parse(String(stdout));
}

test('a program and those it starts are preloaded, and carry one run id', async () => {
  const seen = await see(['1']);

  assert.is(seen.nodeOptions, PRELOAD);
  assert.match(seen.runId, /^[0-9a-f]{16}$/);
  assert.equal(seen.child, { nodeOptions: PRELOAD, runId: seen.runId });
});

test('each run has an id of its own, also within another', async () => {
  const seen = await see(['1', packageCommand(), 'run', NODE]);
  const next = await see([]);

  assert.match(seen.child!.runId, /^[0-9a-f]{16}$/);
  assert.is(seen.child!.nodeOptions, PRELOAD);
  assert.is(new Set([seen.runId, seen.child!.runId, next.runId]).size, 3);
});

test('what NODE_OPTIONS held is still there, behind the preload', async () => {
  const before = '--no-warnings --title="two words"';

  assert.is((await see([], { NODE_OPTIONS: before })).nodeOptions, `${PRELOAD} ${before}`);
});

test(
  'a program that is preloaded by its own NODE_OPTIONS as well logs each line once',
  withCollector(async collector => {
    const options = { ...endpointOf(collector), NODE_OPTIONS: `--import ${PACKAGE_NAME}` };

    await runCommand(['run', NODE, '-e', "console.log('Hello')"], { env: options });

    assert.equal(
      collector.records.map(({ body }) => body),
      ['Hello'],
    );
  }),
);

for (const [how, nodeOptions] of [
  ['--require', PRELOAD],
  ['--import', `--import ${PACKAGE_NAME}`],
] as const) {
  test(`run itself is not preloaded by ${how} in NODE_OPTIONS`, async () => {
    // A preload that starts reads its settings, and would complain of this one.
    const env = {
      NODE_OPTIONS: nodeOptions,
      OTEL_REGISTER_BODY: 'wrong',
      OTEL_REGISTER_DIAGNOSTICS: 'on',
    };

    const ours = await runCommand(['run', 'true'], { env });

    assert.is(String(ours.stderr), '');
    assert.is(ours.code, 0);
  });
}

test("the inspector that NODE_OPTIONS asks for is the program's", async () => {
  const program = "console.log(require('inspector').url())";
  const env = { NODE_OPTIONS: `--inspect=127.0.0.1:${await freePort()}` };

  const { stdout } = await runCommand(['run', NODE, '-e', program], { env });

  // Undefined where another process has the port.
  assert.match(String(stdout), /^ws:/);
});

for (const folder of ['with space', 'quote " and \\ backslash']) {
  test(`a package installed in a folder named ${folder} preloads its programs`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'otel-register-'));
    try {
      const installed = join(root, folder, 'node_modules', PACKAGE_NAME);
      cpSync(join(installPackedPackage(), 'node_modules', PACKAGE_NAME), installed, {
        recursive: true,
      });
      const program = join(root, 'program.mjs');
      writeFileSync(
        program,
        `
        const started = Symbol.for('@emp/otel-register.started');
        process.exitCode = globalThis[started] ? 3 : 4;`,
      );

      const ours = await runCommand(['run', NODE, program], {
        script: join(installed, 'bin/otel-register'),
      });

      assert.is(String(ours.stderr), '');
      assert.is(ours.code, 3);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
}

test.run();
