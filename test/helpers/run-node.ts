import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { childEnvironment, type EnvironmentChanges } from './child-environment.js';
import { captureOutput, type OutputCapture } from './output-capture.js';
import { installPackedPackage, packageEntry } from './packed-package.js';
import { ptyCommand, ptyProcessId } from './pty.js';
import { FIXTURES, PACKAGE_NAME } from './repository.js';

export interface RunOptions {
  /** A program: an absolute path, or a name in test/fixtures. Without it `args` go to node itself. */
  readonly script?: string;
  readonly args?: readonly string[];
  /** Node's own flags, placed before the preload. */
  readonly nodeArgs?: readonly string[];
  /** Default true, which is 'import'. */
  readonly preload?: boolean | 'import' | 'require';
  /** On top of a clean environment: see `childEnvironment()`. */
  readonly env?: EnvironmentChanges;
  /** Default: TEST_NODE, else the node that runs the tests. */
  readonly nodePath?: string;
  /** Default: the application that has the packed package installed. */
  readonly cwd?: string;
  /** Default: stdin is empty. On a terminal it is typed, and `\x03` is Ctrl-C. */
  readonly input?: string | Buffer;
  /** Text to wait for before `input` is written. A key typed before node reads the terminal is lost. */
  readonly inputAfter?: string;
  /** Where stdout and stderr lead. On a terminal both arrive in `stdout`. Default 'pipe'. */
  readonly stdio?: 'pipe' | 'file' | 'pty';
  readonly signalAfter?: SignalAfter;
  /** For what the other options cannot do. With 'pty' this is `script`, not node. */
  readonly onSpawn?: (child: ChildProcess) => void;
  /** Default 30 s. Past it the program is killed and the promise rejects. */
  readonly timeoutMs?: number;
}

export interface SignalAfter {
  readonly signal: NodeJS.Signals;
  /** Text to wait for on stdout or stderr; without it, the delay counts from the start. */
  readonly output?: string;
  readonly delayMs?: number;
}

export interface RunResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly code: number | null;
  /** With 'pty' always null: there a signal shows as code 128 and its number. */
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
}

const RUN_TIMEOUT_MS = 30_000;

/** Runs node with the packed and installed package preloaded, until it ends. */
export async function runNode(options: RunOptions): Promise<RunResult> {
  const { timeoutMs = RUN_TIMEOUT_MS } = options;
  const output = captureOutput(options.stdio ?? 'pipe');
  try {
    const startedAt = performance.now();
    const child = start(options, output);
    const exited = exitOf(child, output, timeoutMs);
    options.onSpawn?.(child);

    const [{ code, signal, endedAt }] = await Promise.all([
      exited,
      writeInput(child, output, options),
      sendSignal(child, output, options),
    ]);
    return { ...output.read(), code, signal, durationMs: endedAt - startedAt };
  } finally {
    output.dispose();
  }
}

function start(options: RunOptions, output: OutputCapture): ChildProcess {
  const { nodePath = process.env.TEST_NODE ?? process.execPath, input, env } = options;
  const cwd = options.cwd ?? installPackedPackage();
  const plain = [nodePath, ...nodeArguments(options, cwd)];
  const [command, ...args] = options.stdio === 'pty' ? ptyCommand(plain) : plain;

  const child = spawn(command!, args, {
    cwd,
    env: childEnvironment(env),
    stdio: [input === undefined && options.stdio !== 'pty' ? 'ignore' : 'pipe', ...output.stdio],
  });
  output.attach(child);
  return child;
}

function nodeArguments(options: RunOptions, cwd: string): string[] {
  const { nodeArgs = [], args = [], script, preload = true } = options;
  const condition = preload === true ? 'import' : preload;
  return [
    ...nodeArgs,
    ...(condition ? [`--${condition}`, preloadName(condition, cwd)] : []),
    ...(script === undefined ? [] : [resolve(FIXTURES, script)]),
    ...args,
  ];
}

// Node looks up a preload's name from the working folder.
function preloadName(condition: 'import' | 'require', cwd: string): string {
  const path = relative(installPackedPackage(), cwd);
  const isInside = !path.startsWith('..') && !isAbsolute(path);
  if (isInside) return PACKAGE_NAME;

  const entry = packageEntry(condition);
  return condition === 'import' ? pathToFileURL(entry).href : entry;
}

async function writeInput(
  { stdin }: ChildProcess,
  output: OutputCapture,
  { input, inputAfter, stdio }: RunOptions,
): Promise<void> {
  // A program that ends without reading its input is not a failure of the test.
  stdin?.on('error', () => {});
  if (inputAfter !== undefined) await output.expect(inputAfter);
  if (input !== undefined) stdin?.write(input);
  // Ending the input of a terminal would hang it up.
  if (stdio !== 'pty') stdin?.end();
}

async function exitOf(
  child: ChildProcess,
  output: OutputCapture,
  timeoutMs: number,
): Promise<{ code: number | null; signal: NodeJS.Signals | null; endedAt: number }> {
  let endedAt = 0;
  child.once('exit', () => {
    endedAt = performance.now();
    child.stdin?.destroy();
  });

  const stop = AbortSignal.timeout(timeoutMs);
  try {
    const [code, signal] = await once(child, 'close', { signal: stop });
    return { code, signal, endedAt };
  } catch (error) {
    if (!stop.aborted) throw error;
    child.kill('SIGKILL');
    const { stdout, stderr } = output.read();
    throw new Error(
      `The program did not end within ${timeoutMs} ms.\nstdout: ${stdout}\nstderr: ${stderr}`,
    );
  }
}

async function sendSignal(
  child: ChildProcess,
  output: OutputCapture,
  { signalAfter, stdio }: RunOptions,
): Promise<void> {
  if (!signalAfter) return;
  const { signal, output: text, delayMs = 0 } = signalAfter;

  if (text !== undefined) await output.expect(text);
  await sleep(delayMs);
  if (stdio === 'pty') process.kill(ptyProcessId(child.pid!), signal);
  else child.kill(signal);
}
