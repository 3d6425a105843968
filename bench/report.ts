import { writeFileSync } from 'node:fs';
import type { Comparison } from './beside-peer.js';

export interface Result {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly budget: number;
  /** The budget is a least, not a most. */
  readonly isLeast?: boolean;
}

/** What was measured on one Node. */
export interface Table {
  readonly title: string;
  readonly results: readonly Result[];
  readonly comparisons: readonly Comparison[];
}

/** @param tolerance How many times its budget a figure may reach; a least is never tolerated away. */
export function isOver({ measured, budget, isLeast }: Result, tolerance = 1): boolean {
  return isLeast ? measured < budget : measured > budget * tolerance;
}

export function print({ title, results, comparisons }: Table): void {
  console.log(`${title}\n`);
  const width = Math.max(...[...results, ...comparisons].map(({ what }) => what.length));
  for (const result of results) {
    const verdict = isOver(result) ? 'OVER' : 'ok';
    console.log(
      `${result.what.padEnd(width)} ${figure(result).padStart(14)}   ${limit(result).padEnd(14)} ${verdict}`,
    );
  }
  for (const comparison of comparisons) {
    const [ours, peer, ...share] = figures(comparison);
    const besides = `peer ${peer}`.padEnd(14);
    console.log(
      `${comparison.what.padEnd(width)} ${ours.padStart(14)}   ${besides} ${share.join(' ')}`.trimEnd(),
    );
  }
  console.log();
}

export function writeReport(file: URL, tables: readonly Table[]): void {
  writeFileSync(file, `${INTRODUCTION}\n${tables.map(section).join('\n')}${comparison(tables)}`);
}

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench -- --report\`. Each program runs with and without the preload in turn, and
the figures are medians of the differences round by round: a drift of the machine cancels out. The
receiver shares the machine's cores with the program. Standard output leads to the null device.
`;

function section({ title, results }: Table): string {
  const rows = results.map(
    result =>
      `| ${result.what} | ${figure(result)} | ${limit(result)} | ${isOver(result) ? 'over' : 'met'} |`,
  );
  return `## ${title}\n\n| What | Measured | Budget | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function comparison(tables: readonly Table[]): string {
  const compared = tables.filter(({ comparisons }) => comparisons.length > 0);
  const sections = compared.map(({ title, comparisons }) => {
    const rows = comparisons.map(it => `| ${it.what} | ${figures(it).join(' | ')} |`);
    return `### ${title}\n\n| Added | by this | by the peer | share | budget |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return sections.length === 0 ? '' : `\n${PEER}\n${sections.join('\n')}`;
}

const PEER = `## Beside OpenTelemetry's own instrumentation of console

\`@opentelemetry/instrumentation-console\` 0.4.0 with a batch processor and the OTLP exporter of 0.222, the
newest it delivers with, started by \`--require\` ([bench/peer](../bench/peer/preload.cjs)). Its records
have the text of the call, without attributes, exceptions or resource; ours have all of it, with
redaction. Both measured in turn with the program alone, in the same run.

A budget in microseconds belongs to the machine it was set on: a shared one makes 1.2 µs of a call on one
day and 1.9 on the next, of the same build. So each is also a share of what the peer took where the
budgets were set; what slows down both leaves that as it is.
`;

function figures({ ours, peer, unit, maxShare }: Comparison): string[] {
  const both = [figure({ measured: ours, unit }), figure({ measured: peer, unit })];
  if (maxShare === undefined) return [...both, '', ''];
  return [...both, percent(ours / peer), `≤ ${percent(maxShare)}`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function figure({ measured, unit }: Pick<Result, 'measured' | 'unit'>): string {
  const digits = unit === 'µs' ? 2 : unit === '' ? 0 : 1;
  return `${measured.toFixed(digits)} ${unit}`.trim();
}

function limit({ budget, unit, isLeast }: Result): string {
  return `${isLeast ? '≥' : '≤'} ${budget} ${unit}`.trim();
}
