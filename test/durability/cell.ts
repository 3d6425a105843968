import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { endpointOf } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';
import type { Ending } from './endings.js';

export interface Cell {
  readonly ending: Ending;
  readonly state: CollectorState;
  readonly isUnderRun: boolean;
}

export type CollectorState = 'healthy' | 'absent' | 'hanging' | 'answers 503';
export const COLLECTOR_STATES: readonly CollectorState[] = [
  'healthy',
  'absent',
  'hanging',
  'answers 503',
];

export interface EndedCell extends Cell {
  readonly result: RunResult;
  readonly serviceName: string;
  readonly ledger: string;
  readonly spoolDir: string;
}

/** Runs a program to its end, in a folder of its own. */
export async function runCell(
  cell: Cell,
  collector: Receiver,
  parentDir: string,
): Promise<EndedCell> {
  const { ending, state, isUnderRun } = cell;
  const folder = mkdtempSync(join(parentDir, 'cell-'));
  const ledger = join(folder, 'ledger');
  const spoolDir = join(folder, 'spool');
  const serviceName = [ending.name, state, isUnderRun ? 'run' : 'bare'].join('/');
  const env = {
    ...endpointOf(collector),
    OTEL_SERVICE_NAME: serviceName,
    OTEL_REGISTER_SPOOL_DIR: spoolDir,
  };
  const { nodeArgs = [], args } = command(ending, ledger);
  const result = isUnderRun
    ? await runCommand(['run', '--', NODE, ...nodeArgs, ...args], { env })
    : await runNode({ nodeArgs, args, env });
  return { ...cell, result, serviceName, ledger, spoolDir };
}

/** The same program without us. */
export async function runBaseline(ending: Ending, parentDir: string): Promise<RunResult> {
  const folder = mkdtempSync(join(parentDir, 'baseline-'));
  const env = { OTEL_REGISTER_SPOOL_DIR: undefined };
  return await runNode({ ...command(ending, join(folder, 'ledger')), env, preload: false });
}

function command({ script, args = [], nodeArgs = [] }: Ending, ledger: string) {
  const path = join(FIXTURES, 'durability', script);
  return { nodeArgs, args: [path, ledger, ...args] };
}
