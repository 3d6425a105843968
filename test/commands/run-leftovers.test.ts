import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { withAlteredPackage } from './altered-package.js';

const test = suite('commands/run-leftovers');

const ENDS = join(FIXTURES, 'commands/ends.cjs');
const MODULE = 'dist/spool/deliver-leftovers.cjs';
const CALLS = 'calls.json';

// Writes what it is called with beside the package, then goes on with `rest`.
function delivering(rest: string): Record<string, string> {
  return {
    [MODULE]: `
      const { appendFileSync } = require('node:fs');
      const { join } = require('node:path');
      exports.deliverLeftovers = async options => {
        const { env, ...others } = options;
        const call = { ...others, nodeOptions: env.NODE_OPTIONS, envId: env.OTEL_REGISTER_RUN_ID };
        appendFileSync(join(__dirname, '../../${CALLS}'), JSON.stringify(call) + '\\n');
        ${rest}
      };`,
  };
}

function callsOf(folder: string): Record<string, unknown>[] {
  const file = join(folder, CALLS);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

const endings: readonly (readonly [how: string, what: string, end: readonly unknown[]])[] = [
  ['code', '0', [0, null]],
  ['code', '7', [7, null]],
  ['signal', 'SIGKILL', [null, 'SIGKILL']],
  ['signal', 'SIGTERM', [null, 'SIGTERM']],
  ['abort', '', [null, 'SIGABRT']],
];

for (const [how, what, end] of endings) {
  test(`leftovers are delivered once, after the end by ${how} ${what}`, () =>
    withAlteredPackage(delivering(''), async (script, folder) => {
      const argv = [NODE, ENDS, how, what];

      const result = await runCommand(['run', '--', ...argv], {
        script,
        cwd: folder,
        env: { OTEL_REGISTER_EXIT_TIMEOUT_MS: '1234' },
      });

      assert.equal([result.code, result.signal], end);
      const [call, ...more] = callsOf(folder);
      assert.equal(more, []);
      assert.match(String(call?.runId), /^[0-9a-f]{16}$/);
      assert.equal(call, {
        runId: call?.runId,
        timeoutMs: 1234,
        wasSudden: end[1] === 'SIGKILL' || end[1] === 'SIGABRT',
        nodeOptions: `--require ${join(folder, 'dist/register.cjs')}`,
        envId: call?.runId,
      });
    }));
}

const failures: readonly (readonly [what: string, rest: string])[] = [
  ['rejects', "throw new Error('Out of disk');"],
  [
    'throws in a callback',
    "setImmediate(() => { throw new Error('Out of disk'); }); await new Promise(() => {});",
  ],
  ['leaves a rejection behind', "Promise.reject(new Error('Out of disk'));"],
  ['never ends', 'setInterval(() => {}, 1000); await new Promise(() => {});'],
  ['waits for nothing', 'await new Promise(() => {});'],
  ['leaves a timer behind', 'setInterval(() => {}, 1000);'],
];

for (const [what, rest] of failures) {
  for (const [how, code, end] of [endings[1]!, endings[2]!]) {
    test(`a delivery that ${what} does not change an end by ${how} ${code}`, () =>
      withAlteredPackage(delivering(rest), async (script, folder) => {
        const result = await runCommand(['run', NODE, ENDS, how, code], {
          script,
          env: { OTEL_REGISTER_EXIT_TIMEOUT_MS: '300' },
        });

        assert.equal([result.code, result.signal], end);
        assert.is(String(result.stderr), '');
        assert.is(callsOf(folder).length, 1);
      }));
  }
}

test('a module that cannot be loaded does not change the end', () =>
  withAlteredPackage({ [MODULE]: 'throw new Error("Broken")' }, async script => {
    const result = await runCommand(['run', NODE, ENDS, 'code', '7'], { script });

    assert.is(result.code, 7);
    assert.is(String(result.stderr), '');
  }));

test('a signal ends the wait for a delivery, and not the way of the end', () =>
  withAlteredPackage(
    delivering("require('node:fs').writeSync(2, 'delivering'); await new Promise(() => {});"),
    async script => {
      const result = await runCommand(['run', NODE, ENDS, 'code', '7'], {
        script,
        env: { OTEL_REGISTER_EXIT_TIMEOUT_MS: '600000' },
        signalAfter: { signal: 'SIGTERM', output: 'delivering' },
      });

      assert.is(result.code, 7);
    },
  ));

test('nothing is delivered for a program that could not be started', () =>
  withAlteredPackage(delivering(''), async (script, folder) => {
    const result = await runCommand(['run', 'no-such-program'], { script });

    assert.is(result.code, 127);
    assert.equal(callsOf(folder), []);
  }));

test.run();
