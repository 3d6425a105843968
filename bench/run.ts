import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { besidePeer } from './beside-peer.js';
import { type Collector, createCollector } from './collector.js';
import { interleave, medianDifference, type Run, runProgram, type Variant } from './measure.js';
import { isOver, print, type Result, type Table, writeReport } from './report.js';

// npm run bench [-- --report --check] [measurement …]: the budgets, measured side by side with the same program without the preload.
//   BENCH_ROUNDS=15           rounds of each measurement
//   BENCH_NODE=/path/to/node  the Node to measure on; several with commas
// `peer` measures beside OpenTelemetry's own instrumentation of console, which is installed for it.
// --report writes docs/benchmarks.md, with that; --check fails where a budget is far exceeded.

const DIST = new URL('../../dist/', import.meta.url);
const REPORT = new URL('../../docs/benchmarks.md', import.meta.url);
const rounds = Number(process.env.BENCH_ROUNDS ?? 11);
const TWENTY_RULES = fileURLToPath(new URL('../../bench/rules/twenty.yaml', import.meta.url));
/** What a call may cost more with redaction and 20 rules. */
const REDACTION_AND_RULES_US = 1.5;
const CALLS = 100_000;
const WARM_UP_CALLS = 20_000;
/** A shared machine multiplies a figure without anything having changed in the code. */
const CHECK_TOLERANCE = 5;

const MEASUREMENTS: Record<string, () => Promise<Result[]>> = {
  startUp,
  oneLine,
  calls,
  rules,
  ends,
  deadCollector,
  flood,
  size,
};

const isReport = process.argv.includes('--report');
let nodePath = process.execPath;
const only = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const tables: Table[] = [];
for (const path of process.env.BENCH_NODE?.split(',') ?? [process.execPath]) {
  nodePath = path;
  const results: Result[] = [];
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (only.length === 0 || only.includes(name)) results.push(...(await measure()));
  }
  const isCompared = only.includes('peer') || (only.length === 0 && isReport);
  const options = { rounds, warmUpCalls: WARM_UP_CALLS, calls: CALLS, nodePath, ours: preloaded };
  const comparisons = isCompared ? await besidePeer(options) : [];
  tables.push({ title: describeMachine(), results, comparisons });
  print(tables.at(-1)!);
}
if (isReport) writeReport(REPORT, tables);
if (process.argv.includes('--check') && tables.some(isFarOver)) {
  process.exitCode = 1;
}

function isFarOver({ results }: Table): boolean {
  return results.some(result => isOver(result, CHECK_TOLERANCE));
}

function preloaded(endpoint: string): Variant {
  return {
    nodePath,
    nodeArgs: ['--import', new URL('register.mjs', DIST).href],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
  };
}

async function startUp(): Promise<Result[]> {
  const runs = await pair('empty.cjs', 'http://127.0.0.1:9');
  return [
    {
      what: 'start-up, added wall time',
      measured: medianDifference(runs, run => run.wallMs),
      unit: 'ms',
      budget: 45,
    },
    {
      what: 'start-up, added CPU time',
      measured: medianDifference(runs, reported('cpuMs')),
      unit: 'ms',
      budget: 110,
    },
    {
      what: 'peak RSS added, empty script',
      measured: medianDifference(runs, reported('rssKib')) / 1024,
      unit: 'MiB',
      budget: 20,
    },
  ];
}

async function oneLine(): Promise<Result[]> {
  const collector = await createCollector();
  const runs = await pair('one-line.cjs', collector.url);
  const delivered = collector.count() / (rounds + 1);
  await collector.close();
  return [
    {
      what: 'one line and end, added wall time',
      measured: medianDifference(runs, run => run.wallMs),
      unit: 'ms',
      budget: 110,
    },
    {
      what: 'one line and end, delivered',
      measured: delivered * 100,
      unit: '%',
      budget: 100,
      isLeast: true,
    },
  ];
}

async function calls(): Promise<Result[]> {
  const found: Result[] = [];
  for (const [shape, budget] of [
    ['string', 0.8],
    ['object', 1.2],
  ] as const) {
    const collector = await createCollector();
    const as = preloaded(collector.url);
    const unredacted = { ...as, env: { ...as.env, OTEL_REGISTER_REDACT: 'off' } };
    const ruled = { ...as, env: { ...as.env, OTEL_REGISTER_RULES: TWENTY_RULES } };
    const bare = { nodePath, nodeArgs: [], env: {} };
    const args = [shape, `${CALLS}`];
    const run = (variant: Variant) => () => runAndCount(collector, variant, args);
    const variants = {
      without: run(bare),
      with: run(as),
      unredacted: run(unredacted),
      ruled: run(ruled),
    };
    const runs = await interleave(rounds, variants);
    const ofVariants = 3 * (rounds + 1) * (CALLS + WARM_UP_CALLS);
    const delivered = collector.count() / ofVariants;
    await collector.close();

    const added = (name: keyof typeof variants, key: string) =>
      medianDifference({ without: runs.without, with: runs[name] }, reported(key));
    const what = `console.log, ${shape}`;
    found.push(
      {
        what: `${what}, added per call, without redaction`,
        measured: added('unredacted', 'nsPerCall') / 1000,
        unit: 'µs',
        budget,
      },
      {
        what: `${what}, added per call`,
        measured: added('with', 'nsPerCall') / 1000,
        unit: 'µs',
        budget: budget + REDACTION_AND_RULES_US,
      },
      {
        what: `${what}, added per call, with 20 rules`,
        measured: added('ruled', 'nsPerCall') / 1000,
        unit: 'µs',
        budget: budget + REDACTION_AND_RULES_US,
      },
      {
        what: `${what}, delivered`,
        measured: delivered * 100,
        unit: '%',
        budget: 100,
        isLeast: true,
      },
      {
        what: `${what}, longest gap added`,
        measured: added('with', 'longestGapMs'),
        unit: 'ms',
        budget: 5,
      },
      {
        what: `${what}, peak RSS added`,
        measured: added('with', 'rssKib') / 1024,
        unit: 'MiB',
        budget: 45,
      },
    );
  }
  return found;
}

/** What rules add to a call that is exported anyway. */
async function rules(): Promise<Result[]> {
  const results: Result[] = [];
  for (const [what, source, budget] of [
    ['20 rules', TWENTY_RULES, 0.5],
    ['ready-made rules that find two ids', 'key-value,context-ids', 1],
  ] as const) {
    const collector = await createCollector();
    const plain = preloaded(collector.url);
    const ruled = { ...plain, env: { ...plain.env, OTEL_REGISTER_RULES: source } };
    const args = ['string', String(CALLS)];
    const runs = await interleave(rounds, {
      without: () => runAndCount(collector, plain, args),
      with: () => runAndCount(collector, ruled, args),
    });
    await collector.close();
    const measured = medianDifference(runs, reported('nsPerCall')) / 1000;
    results.push({ what: `${what}, added per call`, measured, unit: 'µs', budget });
  }
  return results;
}

async function ends(): Promise<Result[]> {
  const collector = await createCollector();
  const runs = await pair('exit.cjs', collector.url);
  await collector.close();
  return [
    {
      what: 'exit of a long-lived program, added',
      measured: medianDifference(runs, run => run.endMs),
      unit: 'ms',
      budget: 30,
    },
  ];
}

async function deadCollector(): Promise<Result[]> {
  const refused = await pair('exit.cjs', 'http://127.0.0.1:9');
  const silent = createServer(socket => socket.on('error', () => {}));
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const hanging = await pair('exit.cjs', `http://127.0.0.1:${port}`);
  silent.close();
  return [
    {
      what: 'exit, collector refuses, added',
      measured: medianDifference(refused, run => run.endMs),
      unit: 'ms',
      budget: 50,
    },
    {
      what: 'exit, collector hangs, added',
      measured: medianDifference(hanging, run => run.endMs),
      unit: 'ms',
      budget: 2000,
    },
  ];
}

async function flood(): Promise<Result[]> {
  const collector = await createCollector();
  const run = await runProgram(preloaded(collector.url), 'flood.cjs');
  const delivered = collector.count();
  await collector.close();
  return [
    {
      what: '200,000 records, then process.exit(): delivered',
      measured: run.code === 0 ? delivered : -1,
      unit: '',
      budget: 200_000,
      isLeast: true,
    },
  ];
}

async function size(): Promise<Result[]> {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  );
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
  return [{ what: 'unpacked size of dist', measured: bytes / 1024 / 1024, unit: 'MiB', budget: 3 }];
}

// What was received is looked at before the next program runs.
async function runAndCount(collector: Collector, variant: Variant, args: string[]): Promise<Run> {
  const run = await runProgram(variant, 'calls.cjs', args);
  collector.count();
  return run;
}

function pair(program: string, endpoint: string, args: readonly string[] = []) {
  return interleave(rounds, {
    without: () => runProgram({ nodePath, nodeArgs: [], env: {} }, program, args),
    with: () => runProgram(preloaded(endpoint), program, args),
  });
}

function reported(key: string): (run: Run) => number {
  return run => JSON.parse(run.report)[key];
}

function describeMachine(): string {
  const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
  return `Node ${version}, ${cpus().length} × ${cpus()[0]!.model}, medians of ${rounds} rounds`;
}
