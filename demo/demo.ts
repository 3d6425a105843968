// An unmodified program, preloaded and crashed; what it printed, and what its collector has of it.
import type { ReceivedLog } from '../src/receiver/received-log.js';
import { createReceiver, type Receiver } from '../src/receiver/receiver.js';
import { messageCell, resourceCell } from './cells.js';
import { drive, POOL, PRELOAD, type Run, SAMPLE } from './drive.js';
import { paintFor } from './paint.js';
import { formatTable, paintKeys, severityStyle } from './table.js';
import { cut } from './text-width.js';

const FATAL = 21;
const FATAL_TIMEOUT_MS = 2_000;
const NO_TERMINAL_WIDTH = 160;
// Of the program's own output: how it starts and how it ends is enough.
const FIRST_LINES = 12;
const LAST_LINES = 12;

const paint = paintFor(process.stdout);
const width = process.stdout.columns || NO_TERMINAL_WIDTH;

const receiver = await createReceiver();
try {
  printCommand();
  const run = await drive(receiver.url);
  printOutput(run);
  await receiver.waitFor(({ records }) => records.some(isFatal), FATAL_TIMEOUT_MS).catch(() => {});
  printRecords(receiver);
  printSummary(receiver, run);
} finally {
  await receiver.close();
}

function printCommand(): void {
  const variables = `EMP_POOL=${POOL} OTEL_EXPORTER_OTLP_ENDPOINT=${receiver.url}`;
  const command = `${paint('bold', ['node', ...PRELOAD].join(' '))} ${SAMPLE}`;
  print(`\n${paint('gray', `$ ${variables} \\`)}\n  ${command}\n`);
}

function printOutput({ lines }: Run): void {
  for (const line of withoutMiddle(withoutStacks(lines))) {
    print(paint('gray', cut(`  │ ${line}`, width)));
  }
}

// Stacks are most of what a crash prints, and not what the demo is about.
function withoutStacks(lines: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let hidden = 0;
  for (const line of [...lines, undefined]) {
    if (line !== undefined && /^\s+at /.test(line)) {
      hidden++;
      continue;
    }
    if (hidden > 0) shown.push(`    … ${hidden} lines of stack`);
    hidden = 0;
    if (line !== undefined) shown.push(line);
  }
  return shown;
}

function withoutMiddle(lines: readonly string[]): readonly string[] {
  const hidden = lines.length - FIRST_LINES - LAST_LINES;
  if (hidden <= 1) return lines;
  return [...lines.slice(0, FIRST_LINES), `… ${hidden} more lines`, ...lines.slice(-LAST_LINES)];
}

function printRecords({ records }: Receiver): void {
  print(`\n${paint('bold', 'What the collector received')}`);
  print(`${paintKeys(cut(resourceCell(records[0]?.resource ?? {}), width), paint)}\n`);
  for (const line of formatTable(records, width, paint)) print(line);
}

function printSummary({ records, requests }: Receiver, { code, signal }: Run): void {
  const counts = `${count(records, 'record')} in ${count(requests, 'request')}`;
  const ending = signal === null ? `exit code ${code}` : `signal ${signal}`;
  print(`\n${paint('bold', counts)}, the program ended with ${ending}.`);

  const fatal = records.find(isFatal);
  if (fatal) print(`Its last words: ${paint(severityStyle(fatal), describe(fatal))}\n`);
  else print(`${paint('red', 'The record of its crash did not arrive.')}\n`);
  if (!fatal) process.exitCode = 1;
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? '' : 's'}`;
}

function describe(record: ReceivedLog): string {
  return ` ${record.severityText} ${cut(messageCell(record), width - 26)} `;
}

function isFatal({ severityNumber }: ReceivedLog): boolean {
  return severityNumber >= FATAL;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
