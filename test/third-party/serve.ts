import type { ChildProcess } from 'node:child_process';
import { listeningUrl } from '../helpers/listening-url.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';

export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface Served extends RunResult {
  readonly answers: readonly Answer[];
}

/** Path, and what `fetch()` takes besides. */
export type Request = readonly [path: string, init?: RequestInit];

/** Runs a server until it listens, makes these requests one after the other, and sends SIGTERM. */
export async function serve(options: RunOptions, requests: readonly Request[]): Promise<Served> {
  let answering: Promise<Answer[]> = Promise.resolve([]);
  const result = await runNode({
    ...options,
    onSpawn: child => {
      answering = ask(child, requests).finally(() => child.kill('SIGTERM'));
      // Awaited below, once the program has ended.
      answering.catch(() => {});
    },
  });
  return { ...result, answers: await answering };
}

async function ask(child: ChildProcess, requests: readonly Request[]): Promise<Answer[]> {
  const url = await listeningUrl(child);
  const answers: Answer[] = [];
  for (const [path, init] of requests) {
    const response = await fetch(`${url}${path}`, init);
    const headers = [...response.headers].filter(([name]) => name !== 'date');
    answers.push({ status: response.status, headers, body: await response.text() });
  }
  return answers;
}
