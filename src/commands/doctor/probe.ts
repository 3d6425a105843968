import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { addRequire, splitNodeOptions } from '../../node-options.js';
import type { ProbeResult } from './probe-result.js';
import type { Surroundings } from './surroundings.js';

/** Node's start, and the exporter thread's, on a busy machine. */
const START_MS = 15_000;

/** What the probe is not to do: keep its record, lose it to a rule, or send anything besides. */
const OWN_SETTINGS: NodeJS.ProcessEnv = {
  OTEL_REGISTER_SPOOL: 'off',
  OTEL_REGISTER_LOG_LEVEL: 'trace',
  OTEL_REGISTER_RULES: undefined,
  OTEL_REGISTER_LOG_FORMAT: undefined,
  OTEL_REGISTER_DIAGNOSTICS: 'on',
  OTEL_REGISTER_TRACES: 'off',
  OTEL_REGISTER_EXIT_TIMEOUT_MS: '0',
  OTEL_METRICS_EXPORTER: 'none',
};

/** Other preloads might start anything, and an inspector waits for somebody. */
const LEFT_OUT =
  /^(--import|--require|-r|--loader|--experimental-loader|--inspect.*|--cpu-prof.*|--heap-prof.*|--watch.*)(=|$)/s;
const WITH_VALUE = /^(--import|--require|-r|--loader|--experimental-loader)$/;

export interface Probe {
  /** undefined: the program did not get as far. */
  readonly result: ProbeResult | undefined;
  /** What the preload, or Node, said on stderr. */
  readonly said: readonly string[];
}

/** Logs one record in a process of its own, by way of the preload. Never rejects. */
export async function probe(surroundings: Surroundings): Promise<Probe> {
  const { env, nodeOptions, packageFolder, timeoutMs } = surroundings;
  const register = join(packageFolder, 'dist/register.cjs');
  const program = join(packageFolder, 'dist/commands/probe-program.cjs');
  try {
    const child = spawn(process.execPath, [program, String(timeoutMs)], {
      env: {
        ...env,
        ...OWN_SETTINGS,
        NODE_OPTIONS: addRequire(harmless(nodeOptions), register),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs + START_MS,
      killSignal: 'SIGKILL',
    });
    const [stdout, stderr] = [child.stdout, child.stderr].map(textOf);
    await once(child, 'close');
    return { result: parse(await stdout!), said: linesOf(await stderr!) };
  } catch (error) {
    // Where programs may not be started, for instance.
    return { result: undefined, said: [String(error)] };
  }
}

function harmless(nodeOptions: string): string {
  const words = splitNodeOptions(nodeOptions);
  const kept = words.filter(
    (word, index) => !LEFT_OUT.test(word) && !WITH_VALUE.test(words[index - 1] ?? ''),
  );
  return kept.map(word => (/[ "]/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

function parse(stdout: string): ProbeResult | undefined {
  const last = stdout.trimEnd().split('\n').at(-1);
  return last?.startsWith('{"isDelivered"') ? JSON.parse(last) : undefined;
}

function linesOf(stderr: string): string[] {
  const lines = stderr.split('\n').map(line => line.trim());
  return lines.filter(line => line !== '');
}
