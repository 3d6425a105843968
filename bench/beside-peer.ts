import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CALLS, WARM_UP_CALLS } from './budgets/calls.js';
import { createCollector } from './collector.js';
import { interleave, medianDifference, type Run, runProgram, type Variant } from './measure.js';
import { reported, Subject } from './subject.js';

/** One figure of ours and of the peer, each less that of the program alone. */
export interface Comparison {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  /** What ours may be at most, as a share of the peer's. */
  readonly maxShare?: number | undefined;
}

/**
 * The budgets, and what the peer took where they were set: the same machine then, so that the share
 * holds on any. In the units of the comparisons; calls without redaction.
 */
const BUDGETS = {
  startUpMs: 45 / 93,
  startUpCpuMs: 110 / 108,
  emptyRssMib: 20 / 28,
  loadRssMib: 45 / 44,
  stringUs: 0.8 / 1.4,
  objectUs: 1.2 / 3.7,
};

type Variants = 'without' | 'ours' | 'unredacted' | 'peer';
type Runs = Record<Variants, Run[]>;

const STEADY_WARM_UP_MS = 3_000;
const STEADY_MS = 5_000;
/** Each takes so long. */
const STEADY_ROUNDS = 3;

const FOLDER = new URL('../../bench/peer/', import.meta.url);

/**
 * Beside OpenTelemetry's own instrumentation of `console`, in the same run: whatever the machine does to
 * one it does to the other, so that the ratio means something on any.
 */
export async function besidePeer(subject: Subject): Promise<Comparison[]> {
  install();
  return [...(await startUp(subject)), ...(await steady(subject)), ...(await calls(subject))];
}

function install(): void {
  if (existsSync(new URL('node_modules/', FOLDER))) return;
  const args = ['install', '--ignore-scripts', '--no-package-lock', '--silent'];
  execFileSync('npm', args, { cwd: FOLDER, stdio: 'inherit' });
}

async function startUp(subject: Subject): Promise<Comparison[]> {
  const runs = await all(subject, 'http://127.0.0.1:9', variant =>
    runProgram(variant, 'empty.cjs'),
  );
  return [
    compare(runs, 'start-up, wall time', 'ms', run => run.wallMs, BUDGETS.startUpMs),
    compare(runs, 'start-up, CPU time', 'ms', run => reported('cpuMs')(run), BUDGETS.startUpCpuMs),
    compare(runs, 'peak RSS, empty script', 'MiB', rssMib, BUDGETS.emptyRssMib),
  ];
}

async function steady(subject: Subject): Promise<Comparison[]> {
  const collector = await createCollector();
  const times = [`${STEADY_WARM_UP_MS}`, `${STEADY_MS}`];
  const runs = await all(
    new Subject(subject.nodePath, Math.min(subject.rounds, STEADY_ROUNDS)),
    collector.url,
    variant => runProgram(variant, 'steady.cjs', times),
  );
  await collector.close();
  const figure = (run: Run) => reported('cpuMsPerS')(run);
  return [compare(runs, 'ten lines a second, CPU time for each second', 'ms', figure)];
}

async function calls(subject: Subject): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (const shape of ['string', 'object'] as const) {
    const collector = await createCollector();
    const delivered = { without: 0, ours: 0, unredacted: 0, peer: 0 };
    const runs = await all(subject, collector.url, async (variant, name) => {
      const before = collector.count();
      const run = await runProgram(variant, 'calls.cjs', [shape, `${CALLS}`]);
      delivered[name] += collector.count() - before;
      return run;
    });
    await collector.close();
    const sent = (subject.rounds + 1) * (CALLS + WARM_UP_CALLS);
    const unredacted: Runs = { ...runs, ours: runs.unredacted };
    const named = (what: string) => `console.log, ${shape}, ${what}`;
    const row = (what: string, unit: string, figure: (run: Run) => number, maxShare?: number) =>
      compare(runs, named(what), unit, figure, maxShare);
    const { loadRssMib, [`${shape}Us` as const]: callUs } = BUDGETS;
    found.push(
      row('each call', 'µs', run => reported('nsPerCall')(run) / 1000),
      row('each call and what it delays', 'µs', elapsedUs),
      compare(unredacted, named('the same without redaction'), 'µs', elapsedUs, callUs),
      row('CPU time of all threads for each', 'µs', run => reported('cpuNsPerCall')(run) / 1000),
      row('longest gap', 'ms', run => reported('longestGapMs')(run)),
      row('peak RSS', 'MiB', rssMib, loadRssMib),
      {
        what: `console.log, ${shape}, delivered`,
        unit: '%',
        ours: (delivered.ours / sent) * 100,
        peer: (delivered.peer / sent) * 100,
      },
    );
  }
  return found;
}

function all(
  subject: Subject,
  endpoint: string,
  run: (variant: Variant, name: Variants) => Promise<Run>,
): Promise<Runs> {
  const preload = fileURLToPath(new URL('preload.cjs', FOLDER));
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const { nodePath } = subject;
  const unredacted = subject.preloaded(endpoint, { OTEL_REGISTER_REDACT: 'off' });
  return interleave(subject.rounds, {
    without: () => run(subject.bare(), 'without'),
    ours: () => run(subject.preloaded(endpoint), 'ours'),
    unredacted: () => run(unredacted, 'unredacted'),
    peer: () => run({ nodePath, nodeArgs: ['--require', preload], env }, 'peer'),
  });
}

function compare(
  { without, ours, peer }: Runs,
  what: string,
  unit: string,
  figure: (run: Run) => number,
  maxShare?: number,
): Comparison {
  return {
    what,
    unit,
    ours: medianDifference({ without, with: ours }, figure),
    peer: medianDifference({ without, with: peer }, figure),
    maxShare,
  };
}

// Also between the calls, where a peer exports on the same thread.
function elapsedUs(run: Run): number {
  return reported('elapsedNsPerCall')(run) / 1000;
}

function rssMib(run: Run): number {
  return reported('rssKib')(run) / 1024;
}
