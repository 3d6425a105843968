import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { endpointOf } from '../helpers/collector.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';
import { processFolders } from './spool-folders.js';
import { readLedger, type Tally, tally } from './tally.js';

const parent = mkdtempSync(join(tmpdir(), 'otel-register-durability-'));
process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
let made = 0;

const POLL_MS = 10;

export interface NumberedProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<RunResult>;
  /** Of its records that have arrived so far. */
  tally(): Tally;
  /** Until so many lines were logged. */
  hasLogged(count: number): Promise<void>;
}

export interface NumberedOptions extends Omit<RunOptions, 'script' | 'onSpawn'> {
  /** In test/fixtures/durability; logs numbered lines. */
  readonly script: string;
  readonly spoolDir: string;
}

export function newFolder(): string {
  const folder = join(parent, String(made++));
  mkdirSync(folder);
  return folder;
}

/** Starts a program whose records can be told from those of all others. */
export function startNumbered(collector: Receiver, options: NumberedOptions): NumberedProgram {
  const { script, spoolDir, args = [], env, ...rest } = options;
  const ledger = join(newFolder(), 'ledger');
  const serviceName = `numbered-${made}`;
  let child: ChildProcess | undefined;
  const ended = runNode({
    ...rest,
    script: `durability/${script}`,
    args: [ledger, ...args],
    env: {
      ...endpointOf(collector),
      OTEL_SERVICE_NAME: serviceName,
      OTEL_REGISTER_SPOOL_DIR: spoolDir,
      ...env,
    },
    timeoutMs: 120_000,
    onSpawn: spawned => {
      child = spawned;
    },
  });
  // Awaited later.
  ended.catch(() => {});
  return {
    child: child!,
    ended,
    tally: () =>
      tally(
        readLedger(ledger),
        collector.records.filter(({ resource }) => resource['service.name'] === serviceName),
      ),
    hasLogged: count => until(() => readLedger(ledger).length >= count),
  };
}

/** Starts one whose collector is away: of its first hundred lines some are in a spool. */
export async function startSpooling(
  collector: Receiver,
): Promise<{ readonly program: NumberedProgram; readonly spoolDir: string }> {
  const spoolDir = newFolder();
  await collector.refuse();
  const program = startNumbered(collector, { script: 'counts.cjs', spoolDir });
  await program.hasLogged(100);
  await until(() => processFolders(spoolDir).length === 1);
  return { program, spoolDir };
}

export async function until(condition: () => boolean, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`In vain: ${condition}`);
    await sleep(POLL_MS);
  }
}

export function assertAllArrived({ severe, rest, ...others }: Tally, stderr = ''): void {
  const found = `${JSON.stringify({ severe, rest, ...others })}\n${stderr}`;
  assert.ok(severe.logged + rest.logged > 0, 'nothing was logged');
  assert.is(severe.delivered + rest.delivered, severe.logged + rest.logged, found);
  assert.is(others.invented, 0, found);
}

/** Our own lines. */
export function ownLines({ stderr }: RunResult): string[] {
  return stderr
    .toString()
    .split('\n')
    .filter(line => line.startsWith('otel-register: '));
}
