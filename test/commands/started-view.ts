import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../helpers/run-command.js';
import type { RunOptions, RunResult } from '../helpers/run-node.js';

export interface StartedView {
  readonly child: ChildProcess;
  readonly receiverUrl: string;
  /** Empty without a page. */
  readonly pageUrl: string;
  /** Waits for text on stdout. */
  expect(text: string): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<RunResult>;
}

const POLL_MS = 5;

/** Starts `otel-register view`, on free ports, and waits until it is ready. */
export async function startView(
  args: readonly string[] = [],
  options: Omit<RunOptions, 'args' | 'preload'> = {},
): Promise<StartedView> {
  let child!: ChildProcess;
  const output = { stdout: '', stderr: '' };
  const ended = runCommand(['view', '--port', '0', '--ui-port', '0', ...args], {
    ...options,
    onSpawn: spawned => {
      child = spawned;
      for (const name of ['stdout', 'stderr'] as const) {
        spawned[name]!.on('data', chunk => {
          output[name] += chunk;
        });
      }
    },
  });
  ended.catch(() => {});
  await once(child, 'spawn');
  const until = async (isMet: () => boolean) => {
    while (!isMet()) {
      if (child.exitCode !== null) throw new Error(`It ended: ${output.stdout}${output.stderr}`);
      await sleep(POLL_MS);
    }
  };
  const all = () => output.stdout + output.stderr;
  await until(() => /ENDPOINT=\S+ /.test(all()));
  return {
    child,
    receiverUrl: /ENDPOINT=(\S+)/.exec(all())![1]!,
    pageUrl: /^http:\S+$/m.exec(all())?.[0] ?? '',
    expect: text => until(() => output.stdout.includes(text)),
    stop: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}
