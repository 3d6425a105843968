import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { besidePeer } from './beside-peer.js';
import { calls, rules } from './budgets/calls.js';
import { deadCollector, ends, flood } from './budgets/ends.js';
import { size } from './budgets/size.js';
import { oneLine, startUp } from './budgets/start.js';
import { isOver, print, type Result, type Table, writeReport } from './report.js';
import { Subject } from './subject.js';

// npm run bench [-- --report --check] [measurement …]: the budgets, measured side by side with the same program without the preload.
//   BENCH_ROUNDS=15           rounds of each measurement
//   BENCH_NODE=/path/to/node  the Node to measure on; several with commas
// `peer` measures beside OpenTelemetry's own instrumentation of console, which is installed for it.
// --report writes docs/benchmarks.md, with that; --check fails where a budget is far exceeded.

const REPORT = new URL('../../docs/benchmarks.md', import.meta.url);
const rounds = Number(process.env.BENCH_ROUNDS ?? 11);
/** A shared machine multiplies a figure without anything having changed in the code. */
const CHECK_TOLERANCE = 5;

const MEASUREMENTS: Record<string, (subject: Subject) => Promise<Result[]>> = {
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
const only = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const tables: Table[] = [];
for (const nodePath of process.env.BENCH_NODE?.split(',') ?? [process.execPath]) {
  const subject = new Subject(nodePath, rounds);
  const results: Result[] = [];
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (only.length === 0 || only.includes(name)) results.push(...(await measure(subject)));
  }
  const isCompared = only.includes('peer') || (only.length === 0 && isReport);
  const comparisons = isCompared ? await besidePeer(subject) : [];
  tables.push({ title: describeMachine(nodePath), results, comparisons });
  print(tables.at(-1)!);
}
if (isReport) writeReport(REPORT, tables);
if (process.argv.includes('--check') && tables.some(isFarOver)) {
  process.exitCode = 1;
}

function isFarOver({ results }: Table): boolean {
  return results.some(result => isOver(result, CHECK_TOLERANCE));
}

function describeMachine(nodePath: string): string {
  const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
  return `Node ${version}, ${cpus().length} × ${cpus()[0]!.model}, medians of ${rounds} rounds`;
}
