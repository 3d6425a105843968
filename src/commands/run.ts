import { join } from 'node:path';
import { readConfig } from '../config.js';
import { addRequire } from '../node-options.js';
import type { LeftoversOptions } from '../spool/deliver-leftovers.js';
import { parseLeading } from './arguments.js';
import { usageError } from './command-error.js';
import { type Ending, endLike, mayStay, wasSudden } from './run/ending.js';
import { relayMessages } from './run/messages.js';
import { RUN_OPTIONS } from './run/options.js';
import { handOverProcessOne } from './run/process-one.js';
import { startProgram } from './run/program.js';
import { createRunId } from './run/run-id.js';
import { withSettings, withViewer } from './run/settings.js';
import { catchSignals } from './run/signals.js';
import { releaseInspector, releaseStdio } from './run/step-aside.js';
import type { StartedViewer } from './run/viewer.js';

/** Starts a program with the preload, and ends this process as that one ends. */
export async function run(args: readonly string[], packageFolder: string): Promise<number> {
  const { values, rest: argv } = parseLeading(args, RUN_OPTIONS);
  if (argv.length === 0) throw usageError('run needs a program to start.');
  const settings = withSettings(process.env, values);
  handOverProcessOne(join(packageFolder, 'bin/process-one.sh'));
  await releaseInspector();

  const viewer = values.view ? await showLogs(packageFolder) : undefined;
  const asked = viewer ? withViewer(settings, viewer.receiverUrl) : settings;
  const runId = createRunId();
  const env = {
    ...asked,
    NODE_OPTIONS: addRequire(asked.NODE_OPTIONS, join(packageFolder, 'dist/register.cjs')),
    OTEL_REGISTER_RUN_ID: runId,
  };
  let ending: Ending;
  try {
    ending = await stayBeside(argv, { env, runId, viewer });
  } finally {
    // Also when the program could not be started: this process would go on as long as the viewer.
    await viewer?.end();
  }
  return endLike(ending);
}

interface Circumstances {
  readonly env: NodeJS.ProcessEnv;
  readonly runId: string;
  readonly viewer: StartedViewer | undefined;
}

/** From the start of the program until there is nothing left to do for it. */
async function stayBeside(
  argv: readonly string[],
  { env, runId, viewer }: Circumstances,
): Promise<Ending> {
  const signals = catchSignals();
  const program = startProgram(argv, env);
  signals.forwardTo(program.child);
  releaseStdio();
  const relayed = relayMessages(program.child);
  const ending = await program.ended;
  await relayed;

  const left = { runId, env, wasSudden: wasSudden(ending) };
  await Promise.race([deliver(left), signals.nextToEnd()]);
  if (viewer !== undefined && mayStay(ending)) {
    await Promise.race([stay(viewer), signals.nextToEnd()]);
  }
  return ending;
}

// The one thing said here without being a mistake: it was asked for.
async function showLogs(packageFolder: string): Promise<StartedViewer> {
  const { startViewer } = await import('./run/viewer.js');
  const viewer = await startViewer(packageFolder);
  process.stderr.write(`otel-register: Logs are shown at ${viewer.pageUrl}.\n`);
  return viewer;
}

function stay({ pageUrl }: StartedViewer): Promise<never> {
  process.stderr.write(`otel-register: The program has ended. ${pageUrl} stays until Control-C.\n`);
  return new Promise(() => {});
}

// Whatever goes wrong here, the program has ended in its own way, and so do we.
async function deliver(left: Omit<LeftoversOptions, 'timeoutMs'>): Promise<void> {
  try {
    const timeoutMs = readConfig(left.env).config.exitTimeoutMs;
    const { deliverLeftovers } = await import('../spool/deliver-leftovers.js');
    const givenUp = new Promise<void>(resolve => {
      setTimeout(resolve, timeoutMs);
      process.on('uncaughtException', () => resolve());
    });
    const delivered = deliverLeftovers({ ...left, timeoutMs });
    await Promise.race([delivered, givenUp]);
  } catch {
    // What is left stays in the spool, for whoever comes next.
  }
}
