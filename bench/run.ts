import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { createReceiver } from '../src/receiver/receiver.js';
import { interleave, medianDifference, type Run, runProgram, type Variant } from './measure.js';

// npm run bench: the budgets, measured side by side with the same program without the preload.
//   BENCH_ROUNDS=15           rounds of each measurement
//   BENCH_NODE=/path/to/node  the Node to measure on

interface Result {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly budget: number;
  readonly isLeast?: boolean;
}

const DIST = new URL('../../dist/', import.meta.url);
const nodePath = process.env.BENCH_NODE ?? process.execPath;
const rounds = Number(process.env.BENCH_ROUNDS ?? 11);
const CALLS = 100_000;

const without: Variant = { nodePath, nodeArgs: [], env: {} };
const preloaded = (endpoint: string): Variant => ({
  nodePath,
  nodeArgs: ['--import', new URL('register.mjs', DIST).href],
  env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
});

const results: Result[] = [];
const only = process.argv[2];
for (const [name, measure] of Object.entries({
  startUp,
  oneLine,
  calls,
  ends,
  deadCollector,
  flood,
  size,
})) {
  if (only === undefined || only === name) results.push(...(await measure()));
}
print(results);
if (process.argv.includes('--check') && results.some(isOver)) process.exitCode = 1;

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
  const receiver = await createReceiver();
  const runs = await pair('one-line.cjs', receiver.url);
  const delivered = receiver.countRecords() / (rounds + 1);
  await receiver.close();
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
    const receiver = await createReceiver();
    const runs = await pair('calls.cjs', receiver.url, [shape, String(CALLS)]);
    const delivered = receiver.countRecords() / ((rounds + 1) * (CALLS + 20_000));
    await receiver.close();
    found.push(
      {
        what: `console.log, ${shape}, added per call`,
        measured: medianDifference(runs, reported('nsPerCall')) / 1000,
        unit: 'µs',
        budget,
      },
      {
        what: `console.log, ${shape}, delivered`,
        measured: delivered * 100,
        unit: '%',
        budget: 100,
        isLeast: true,
      },
      {
        what: `console.log, ${shape}, longest gap added`,
        measured: medianDifference(runs, reported('longestGapMs')),
        unit: 'ms',
        budget: 5,
      },
      {
        what: `console.log, ${shape}, peak RSS added`,
        measured: medianDifference(runs, reported('rssKib')) / 1024,
        unit: 'MiB',
        budget: 45,
      },
    );
  }
  return found;
}

async function ends(): Promise<Result[]> {
  const receiver = await createReceiver();
  const runs = await pair('exit.cjs', receiver.url);
  await receiver.close();
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
  const receiver = await createReceiver();
  const run = await runProgram(preloaded(receiver.url), 'flood.cjs');
  const delivered = receiver.countRecords();
  await receiver.close();
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
  const bytes = readdirSync(DIST).reduce(
    (sum, name) => sum + statSync(new URL(name, DIST)).size,
    0,
  );
  return [{ what: 'unpacked size of dist', measured: bytes / 1024 / 1024, unit: 'MiB', budget: 3 }];
}

function pair(program: string, endpoint: string, args: readonly string[] = []) {
  return interleave(rounds, {
    without: () => runProgram(without, program, args),
    with: () => runProgram(preloaded(endpoint), program, args),
  });
}

function reported(key: string): (run: Run) => number {
  return run => JSON.parse(run.report)[key];
}

function isOver({ measured, budget, isLeast }: Result): boolean {
  return isLeast ? measured < budget : measured > budget;
}

function print(list: readonly Result[]): void {
  const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
  const { model } = cpus()[0]!;
  console.log(`Node ${version}, ${cpus().length} × ${model}, ${rounds} rounds, medians\n`);
  const width = Math.max(...list.map(result => result.what.length));
  for (const result of list) {
    const { what, measured, unit, budget, isLeast } = result;
    const figure = `${measured.toFixed(unit === 'µs' ? 2 : 1)} ${unit}`.padStart(14);
    const limit = `${isLeast ? '≥' : '≤'} ${budget} ${unit}`.padEnd(14);
    console.log(`${what.padEnd(width)} ${figure}   ${limit} ${isOver(result) ? 'OVER' : 'ok'}`);
  }
}
