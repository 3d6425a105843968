import { join } from 'node:path';
import type { Entry } from '../viewer/entry.js';
import { toWhole } from '../viewer/entry.js';
import { jsonLine, terminalLine } from '../viewer/terminal.js';
import { createViewer } from '../viewer/viewer.js';
import { readViewOptions, type ViewOptions } from './view/view-options.js';

/** Receives and shows until it is stopped. */
export async function view(args: readonly string[], packageFolder: string): Promise<number> {
  const options = readViewOptions(args);
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
