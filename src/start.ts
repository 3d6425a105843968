import { isMainThread, workerData } from 'node:worker_threads';
import { restoreWorkerOptions } from './application-workers.js';
import { readConfig } from './config.js';
import type { ExporterStart } from './pipeline/protocol.js';
import { say, silence } from './self-report.js';
import { startMainThread } from './start/main-thread.js';
import { startWorkerThread } from './start/worker-thread.js';

const STARTED = Symbol.for('@emp/otel-register.started');

/**
 * Starts the preload in this thread, once. Synchronous: a top-level await in a preload ends
 * programs under `--require`.
 *
 * @param packageFolder Absolute, holds the built files.
 */
export function start(packageFolder: string): void {
  const globals = globalThis as { [STARTED]?: true };
  if (globals[STARTED] || isExporterThread()) return;
  Object.defineProperty(globals, STARTED, { value: true });

  if (!isMainThread) restoreWorkerOptions();
  const { config, problems } = readConfig(process.env);
  if (!config.hasDiagnostics) silence();
  if (isMainThread) {
    for (const [index, problem] of problems.entries()) say(`config-${index}`, problem);
  }
  if (config.isDisabled) return;

  if (isMainThread) startMainThread(config, packageFolder);
  else startWorkerThread(config, packageFolder);
}

// NODE_OPTIONS preloads us into our own thread too, where a worker's environment carries it.
function isExporterThread(): boolean {
  return (workerData as Partial<ExporterStart> | null)?.isOtelRegisterExporter === true;
}
