import { join } from 'node:path';
import type { Entry } from '../viewer/entry.js';
import { toWhole } from '../viewer/entry.js';
import { jsonLine, terminalLine } from '../viewer/terminal.js';
import { readViewOptions, type ViewOptions } from '../viewer/view-options.js';
import { createViewer } from '../viewer/viewer.js';

const HELP = `Usage: otel-register view [options]

Receives OTLP over HTTP (protobuf and JSON) on this machine, and shows it on a page in the browser.

Options:
  --port <n>         where programs send to (default 4318; 0: any free one)
  --ui-port <n>      where the page is (default 4319; 0: any free one)
  --no-ui            no page: print what arrives
  --json             print what arrives as lines of JSON
  --db <file>        keep it in this file (Node 22.13 or newer), and show what it holds already
  --max-records <n>  keep so many records, the newest ones (default 1000000)
  --max-bytes <n>    take at most so much space (default 1 GiB; in memory, on Node 20, 256 MiB)
  -h, --help         print this
`;

/** Receives and shows until it is stopped. */
export async function view(args: readonly string[], packageFolder: string): Promise<number> {
  const options = readViewOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const stopped = untilStopped();
  const isPrinting = options.asJson || !options.hasPage;
  const viewer = await createViewer({
    ...options,
    pageFolder: join(packageFolder, 'dist/viewer'),
    onEntries: isPrinting ? printer(options.asJson) : () => {},
    say: text => process.stderr.write(`otel-register: ${text}\n`),
  });
  introduce(options, viewer, isPrinting);
  await stopped;
  await viewer.close();
  return 0;
}

function introduce(
  { hasPage }: ViewOptions,
  { receiverUrl, pageUrl }: { receiverUrl: string; pageUrl: string | undefined },
  isPrinting: boolean,
): void {
  const page = hasPage ? `${pageUrl}\n\n` : '';
  const hint = `Point a program at it:
  OTEL_EXPORTER_OTLP_ENDPOINT=${receiverUrl} node --import @emp/otel-register app.js
`;
  (isPrinting ? process.stderr : process.stdout).write(page + hint);
}

function printer(asJson: boolean): (entries: readonly Entry[]) => void {
  const { stdout, env } = process;
  const hasColours = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return entries => {
    const lines = entries
      .map(toWhole)
      .map(record => (asJson ? jsonLine(record) : terminalLine(record, hasColours)));
    stdout.write(lines.map(line => `${line}\n`).join(''));
  };
}

// Ctrl-C, `kill`, a terminal that was closed, or nobody left to read what is printed.
function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve());
    process.stdout.on('error', () => resolve());
    process.stderr.on('error', () => {});
  });
}
