import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** One run of a program. */
export interface Run {
  readonly wallMs: number;
  /** From its message on file descriptor 3 to its end. */
  readonly endMs: number;
  readonly code: number | null;
  readonly stderr: string;
  /** What it wrote to file descriptor 3. */
  readonly report: string;
}

export interface Variant {
  readonly nodePath: string;
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const PROGRAMS = new URL('../../bench/programs/', import.meta.url);

export function runProgram(
  variant: Variant,
  program: string,
  args: readonly string[] = [],
): Promise<Run> {
  const script = fileURLToPath(new URL(program, PROGRAMS));
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    const child = spawn(variant.nodePath, [...variant.nodeArgs, script, ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', ...variant.env },
    });
    let report = '';
    let reportedAtMs = startedAtMs;
    let stderr = '';
    child.stdio[3]!.on('data', (chunk: Buffer) => {
      report += chunk;
      reportedAtMs = performance.now();
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    let endedAtMs = 0;
    child.on('error', reject);
    child.on('exit', () => {
      endedAtMs = performance.now();
    });
    child.on('close', code => {
      const wallMs = endedAtMs - startedAtMs;
      resolve({ wallMs, endMs: endedAtMs - reportedAtMs, code, stderr, report });
    });
  });
}

/** Runs each variant in turn, so many times: what disturbs the machine disturbs all alike. */
export async function interleave<Name extends string>(
  rounds: number,
  variants: Readonly<Record<Name, () => Promise<Run>>>,
): Promise<Record<Name, Run[]>> {
  const names = Object.keys(variants) as Name[];
  const runs = Object.fromEntries(names.map(name => [name, []])) as unknown as Record<Name, Run[]>;
  for (const name of names) await variants[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs[name].push(await variants[name]());
  }
  return runs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of the differences round by round: a drift of the machine cancels out. */
export function medianDifference(
  runs: Readonly<Record<'with' | 'without', readonly Run[]>>,
  figure: (run: Run) => number,
): number {
  return median(runs.with.map((run, round) => figure(run) - figure(runs.without[round]!)));
}
