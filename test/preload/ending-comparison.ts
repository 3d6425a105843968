import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf } from '../helpers/collector.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

/**
 * No wait for the collector may come near it: a program that was held back until this timeout
 * is told from one that was only slow on a busy machine.
 */
const EXIT_TIMEOUT_MS = 20_000;
const HELD_BACK_MS = 10_000;

const EMPTY_PRELOAD = new URL('../../../test/fixtures/endings/empty-preload.mjs', import.meta.url)
  .href;

export interface ComparedRun {
  readonly bare: RunResult;
  readonly ours: RunResult;
}

/** Runs a fixture of `endings/` without us and with us, and asserts that nobody can tell which was which. */
export async function compareEnding(
  collector: Receiver,
  script: string | undefined,
  options: Omit<RunOptions, 'script'> = {},
): Promise<ComparedRun> {
  const runs = await runBoth(collector, script, options);
  assertSameEnding(runs);
  return runs;
}

export async function runBoth(
  collector: Receiver,
  script: string | undefined,
  options: Omit<RunOptions, 'script'> = {},
): Promise<ComparedRun> {
  const program = script === undefined ? options : { ...options, script: `endings/${script}` };
  const { nodeArgs = [] } = options;
  const [bare, ours] = await Promise.all([
    runNode({ ...program, preload: false, nodeArgs: [...nodeArgs, '--import', EMPTY_PRELOAD] }),
    runNode({
      ...program,
      env: {
        ...endpointOf(collector),
        OTEL_REGISTER_EXIT_TIMEOUT_MS: String(EXIT_TIMEOUT_MS),
        ...options.env,
      },
    }),
  ]);
  return { bare, ours };
}

export function assertSameEnding({ bare, ours }: ComparedRun): void {
  assert.equal(linesOf(ours.stdout), linesOf(bare.stdout), 'stdout');
  assert.equal(linesOf(ours.stderr), linesOf(bare.stderr), 'stderr');
  assertSameEnd({ bare, ours });
}

/** As above, where the output differs for a reason. */
export function assertSameEnd({ bare, ours }: ComparedRun): void {
  assert.equal([ours.code, ours.signal], [bare.code, bare.signal], 'exit code and signal');
  assert.ok(ours.durationMs < bare.durationMs + HELD_BACK_MS, `took ${ours.durationMs} ms`);
}

/** Every line the program printed on stdout has arrived, once, in order, before the process was gone. */
export function assertAllLogged(collector: Receiver, { ours }: ComparedRun): void {
  const stdout = consoleRecords(collector).filter(
    record => record.attributes['log.iostream'] === 'stdout',
  );
  assert.equal(
    stdout.map(record => record.body),
    linesOf(ours.stdout).slice(0, -1),
  );
}

export function consoleRecords(collector: Receiver): ReceivedLog[] {
  return collector.records.filter(record => record.scope.name === 'console');
}

export function crashRecords(collector: Receiver): ReceivedLog[] {
  // Warnings are of that scope, too.
  return collector.records.filter(({ attributes }) => 'exception.origin' in attributes);
}

// Process ids differ, and so does nothing else.
export function linesOf(output: Buffer): string[] {
  return output
    .toString()
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .split(/\r?\n/);
}
