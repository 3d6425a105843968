import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '../helpers/run-node.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';
import {
  type Cell,
  COLLECTOR_STATES,
  type CollectorState,
  type EndedCell,
  runBaseline,
  runCell,
} from './cell.js';
import type { Ending } from './endings.js';
import { replay } from './replaying.js';
import { moveInto, processFolders, setAsideFiles } from './spool-folders.js';
import { readLedger, type Tally, tally } from './tally.js';

export interface CellResult extends Cell {
  readonly result: RunResult;
  /** How the program ends without us. */
  readonly baseline: RunResult;
  /** When the program, and `run` where it is there, had ended. */
  readonly atEnd: Tally;
  /** When another process had delivered what was left. */
  readonly inTheEnd: Tally;
  /** Folders that were left to be delivered. */
  readonly leftFolders: number;
  readonly setAsideFiles: number;
}

const BEHAVIOURS: Readonly<Record<CollectorState, Behaviour>> = {
  healthy: {},
  absent: {},
  hanging: { hang: true },
  'answers 503': { status: 503 },
};

/** Programs mostly wait: more of them at once than there are processors. */
const CONCURRENCY = 6;

/** Each ending with each collector, bare and under `otel-register run`; then the collectors recover. */
export async function runMatrix(endings: readonly Ending[]): Promise<CellResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-matrix-'));
  const collectors = new Map<CollectorState, Receiver>();
  try {
    for (const state of COLLECTOR_STATES) collectors.set(state, await openCollector(state));
    const baselines = await inTurns(endings, ending => runBaseline(ending, folder));
    const cells = endings.flatMap(ending =>
      COLLECTOR_STATES.flatMap(state =>
        [false, true].map(isUnderRun => ({ ending, state, isUnderRun })),
      ),
    );
    const ended = await inTurns(cells, cell => runCell(cell, collectors.get(cell.state)!, folder));
    const atEnd = ended.map(cell => tallyOf(cell, collectors.get(cell.state)!));
    const left = ended.map(({ spoolDir }) => processFolders(spoolDir).length);
    const replayed = await Promise.all(
      COLLECTOR_STATES.map(async state => {
        const ofState = ended.filter(cell => cell.state === state);
        return await replayAll(ofState, collectors.get(state)!, folder);
      }),
    );
    const setAside = replayed.reduce((sum, files) => sum + files, 0);
    return ended.map((cell, index) => ({
      ...cell,
      baseline: baselines[endings.indexOf(cell.ending)]!,
      atEnd: atEnd[index]!,
      inTheEnd: tallyOf(cell, collectors.get(cell.state)!),
      leftFolders: left[index]!,
      setAsideFiles: setAside,
    }));
  } finally {
    for (const collector of collectors.values()) await collector.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function cellsOf(results: readonly CellResult[], ending: Ending): CellResult[] {
  const cells = results.filter(cell => cell.ending === ending);
  if (cells.length !== 2 * COLLECTOR_STATES.length) throw new Error(`Only ${cells.length} cells.`);
  return cells;
}

async function openCollector(state: CollectorState): Promise<Receiver> {
  const collector = await createReceiver({ behaviour: BEHAVIOURS[state] });
  if (state === 'absent') await collector.refuse();
  return collector;
}

/** @returns Damaged files. */
async function replayAll(
  cells: readonly EndedCell[],
  collector: Receiver,
  folder: string,
): Promise<number> {
  await collector.refuse();
  collector.behave({});
  await collector.reopen();
  const spoolDir = mkdtempSync(join(folder, 'spool-'));
  for (const cell of cells) moveInto(spoolDir, cell.spoolDir);
  await replay(spoolDir, collector);
  return setAsideFiles(spoolDir).length;
}

function tallyOf({ ledger, serviceName }: EndedCell, collector: Receiver): Tally {
  const arrived = collector.records.filter(
    ({ resource }) => resource['service.name'] === serviceName,
  );
  return tally(readLedger(ledger), arrived);
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await run(next[1]);
    }
  });
  await Promise.all(workers);
  return results;
}
