import { writeFileSync } from 'node:fs';

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
}

/** @param tolerance How many times its budget a figure may reach; a least is never tolerated away. */
export function isOver({ measured, budget, isLeast }: Result, tolerance = 1): boolean {
  return isLeast ? measured < budget : measured > budget * tolerance;
}

export function print({ title, results }: Table): void {
  console.log(`${title}\n`);
  const width = Math.max(...results.map(result => result.what.length));
  for (const result of results) {
    const verdict = isOver(result) ? 'OVER' : 'ok';
    console.log(
      `${result.what.padEnd(width)} ${figure(result).padStart(14)}   ${limit(result).padEnd(14)} ${verdict}`,
    );
  }
  console.log();
}

export function writeReport(file: URL, tables: readonly Table[]): void {
  writeFileSync(file, `${INTRODUCTION}\n${tables.map(section).join('\n')}`);
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

function figure({ measured, unit }: Result): string {
  const digits = unit === 'µs' ? 2 : unit === '' ? 0 : 1;
  return `${measured.toFixed(digits)} ${unit}`.trim();
}

function limit({ budget, unit, isLeast }: Result): string {
  return `${isLeast ? '≥' : '≤'} ${budget} ${unit}`.trim();
}
