import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Run {
  /** What the program printed on stdout and stderr, line by line as it came. */
  readonly lines: readonly string[];
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

// We run compiled, from build/demo/. In the folder of its own package.json the package can be
// preloaded by name without being installed.
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

export const SAMPLE = 'demo/sample/app.js';
export const PRELOAD = ['--import', '@emp/otel-register'] as const;
export const POOL = 'fast-lane';

const DEADLINE_MS = 8_000;

/** Runs the sample program under the preload, gives it work, and crashes it. */
export async function drive(collectorUrl: string): Promise<Run> {
  const child = spawn(process.execPath, [...PRELOAD, SAMPLE], {
    cwd: REPOSITORY,
    env: environment(collectorUrl),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  const lines: string[] = [];
  const listening = listenFor(child, lines, /listening on (http:\S+)/);
  const closed = once(child, 'close');

  try {
    await sendWork(await listening);
    const [code, signal] = await closed;
    return { lines, code, signal };
  } finally {
    clearTimeout(deadline);
  }
}

function environment(collectorUrl: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(ours),
    EMP_POOL: POOL,
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
  };
}

// Both streams end up in one list, in the order in which their lines reached us.
function listenFor(child: ChildProcess, lines: string[], pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const input of [child.stdout!, child.stderr!]) {
      createInterface({ input }).on('line', line => {
        lines.push(line);
        const match = line.match(pattern);
        if (match) resolve(match[1]!);
      });
    }
    child.once('close', code => {
      const output = lines.join('\n');
      reject(new Error(`${SAMPLE} ended with code ${code} before it listened:\n${output}`));
    });
  });
}

async function sendWork(url: string): Promise<void> {
  await post(`${url}/jobs`, job('workflow-123', 'flux-dev'));
  await post(`${url}/jobs`, job('workflow-124', 'wan-2.1'));
  await post(`${url}/jobs`, job('workflow-125', 'sd3-medium'));
  await fetch(`${url}/jobs/workflow-999`);
  await fetch(`${url}/pool`);
  // Its handler answers, and what it left for later takes the process down: perhaps the answer, too.
  await fetch(`${url}/jobs/workflow-123`, { method: 'DELETE' }).catch(() => {});
}

function job(id: string, model: string): Record<string, string> {
  return {
    job_id: id,
    step_id: 'step-1',
    customer_id: 'abc123',
    service_required: 'comfyui',
    model,
  };
}

async function post(url: string, body: unknown): Promise<void> {
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
