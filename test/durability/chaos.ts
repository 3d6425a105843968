import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { type SeededRandom, seededRandom } from '../helpers/seeded-random.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';
import { replay } from './replaying.js';
import { sentAgain } from './sent-again.js';
import { makeSilent, processFolders, setAsideFiles } from './spool-folders.js';
import { readLedger, type Tally, tally } from './tally.js';

export interface ChaosOptions {
  readonly processes: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface ChaosResult {
  readonly programs: readonly EndedProgram[];
  readonly setAsideFiles: number;
  /** Records that came again without need. */
  readonly sentAgain: readonly string[];
}

interface EndedProgram {
  readonly name: string;
  readonly isKilled: boolean;
  readonly stderr: string;
  readonly tally: Tally;
}

interface Program {
  readonly name: string;
  readonly ledger: string;
  child?: ChildProcess;
  isKilled: boolean;
  hasEnded: boolean;
  stderr: string;
}

const KILLED_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 60_000;

/**
 * What a collector does for a while. Healthy often enough to get on; slow only so far that a process
 * which ends still sees the answer: one that does not can't know that its records were taken.
 */
const BEHAVIOURS: readonly (Behaviour | 'away')[] = [
  {},
  {},
  {},
  { delayMs: 20 },
  { hang: true },
  { status: 503 },
  { status: 429, retryAfter: 1 },
  { drop: 'headers' },
  { drop: 'body' },
  'away',
];

/** Programs that come and go at one collector, which has its troubles. In the end it is healthy. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const collector = await createReceiver();
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-chaos-'));
  try {
    return await new Chaos(options, collector, folder).run();
  } finally {
    await collector.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Chaos {
  readonly #options: ChaosOptions;
  readonly #collector: Receiver;
  readonly #folder: string;
  readonly #spoolDir: string;
  readonly #random: SeededRandom;
  readonly #programs: Program[] = [];
  #isOver = false;

  constructor(options: ChaosOptions, collector: Receiver, folder: string) {
    this.#options = options;
    this.#collector = collector;
    this.#folder = folder;
    this.#spoolDir = join(folder, 'spool');
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<ChaosResult> {
    const slots = Array.from({ length: this.#options.processes }, () => this.#fillSlot());
    const others = [this.#troubleCollector(), this.#buryDead()];
    await sleep(this.#options.seconds * 1000);
    await this.#untilOneIsKilled();
    this.#isOver = true;
    await Promise.all(others);
    for (const { child, hasEnded } of this.#programs) if (!hasEnded) child!.kill('SIGTERM');
    await Promise.all(slots);
    await replay(this.#spoolDir, this.#collector);
    return {
      programs: this.#programs.map(program => this.#judge(program)),
      setAsideFiles: setAsideFiles(this.#spoolDir).length,
      sentAgain: sentAgain(this.#collector.requests),
    };
  }

  // On a machine that is busy enough, none has got so far in that time.
  async #untilOneIsKilled(): Promise<void> {
    const deadlineMs = Date.now() + KILLED_TIMEOUT_MS;
    while (!this.#programs.some(({ isKilled }) => isKilled)) {
      if (Date.now() > deadlineMs) return;
      await sleep(100);
    }
  }

  async #fillSlot(): Promise<void> {
    while (!this.#isOver) await this.#runProgram();
  }

  async #runProgram(): Promise<void> {
    const number = String(this.#programs.length).padStart(4, '0');
    const name = `chaos-${number}-`;
    const program: Program = {
      name,
      ledger: join(this.#folder, `${name}ledger`),
      isKilled: false,
      hasEnded: false,
      stderr: '',
    };
    this.#programs.push(program);
    const ending = this.#random.pick(['naturally', 'by exit', 'by SIGKILL', 'by SIGKILL']);
    const lines = this.#random.pick([1, 100, 700, 2_000, 1e6]);
    const { stderr, signal } = await runNode({
      script: 'durability/chatters.cjs',
      args: [program.ledger, String(lines), ending],
      env: {
        ...endpointOf(this.#collector),
        OTEL_SERVICE_NAME: name,
        OTEL_REGISTER_SPOOL_DIR: this.#spoolDir,
      },
      timeoutMs: this.#options.seconds * 1000 + KILLED_TIMEOUT_MS + END_TIMEOUT_MS,
      onSpawn: child => {
        program.child = child;
      },
    });
    program.hasEnded = true;
    program.isKilled = signal === 'SIGKILL';
    program.stderr = stderr.toString();
  }

  async #troubleCollector(): Promise<void> {
    while (!this.#isOver) {
      const behaviour = this.#random.pick(BEHAVIOURS);
      if (behaviour === 'away') await this.#collector.refuse();
      else this.#collector.behave(behaviour);
      await sleep(100 + this.#random.integer(700));
      if (behaviour === 'away') await this.#collector.reopen();
    }
    this.#collector.behave({});
  }

  // Those that run take over from those that have ended, without waiting for half a minute.
  async #buryDead(): Promise<void> {
    while (!this.#isOver) {
      const dead = this.#programs.filter(({ hasEnded }) => hasEnded);
      for (const path of processFolders(this.#spoolDir)) {
        const isClaimed = path.includes('~');
        if (!isClaimed && this.#isOf(join(this.#spoolDir, path), dead)) {
          attempt(() => makeSilent(join(this.#spoolDir, path)));
        }
      }
      await sleep(500);
    }
  }

  #isOf(path: string, programs: readonly Program[]): boolean {
    const resource = attempt(() => readFileSync(join(path, 'resource'))) ?? Buffer.alloc(0);
    return programs.some(({ name }) => resource.includes(name));
  }

  #judge({ name, ledger, isKilled, stderr }: Program): EndedProgram {
    const arrived = this.#collector.records.filter(
      ({ resource }) => resource['service.name'] === name,
    );
    return { name, isKilled, stderr, tally: tally(readLedger(ledger), arrived) };
  }
}

// Whoever claims a folder, and removes it, does not ask us.
function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
