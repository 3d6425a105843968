import { syncBuiltinESMExports } from 'node:module';
import threads, { type WorkerOptions } from 'node:worker_threads';

type WorkerClass = typeof threads.Worker;

/**
 * Sees the application's worker threads come, and preloads those that Node would not:
 * `--import` is skipped for `eval: true`, and an `execArgv` of the application's own drops it
 * (Node 20 to 26). NODE_OPTIONS reaches both, and unlike `execArgv` takes nothing else away.
 *
 * @param preloadPath Absolute, of the file to `--require`.
 * @param onFirst Called before the first worker thread starts.
 */
export function followWorkers(preloadPath: string, onFirst: () => void): void {
  const requireOption = `--require ${JSON.stringify(preloadPath)}`;
  restoreNodeOptions(requireOption);

  let isFirst = true;
  const Original = threads.Worker;
  threads.Worker = new Proxy(Original, {
    construct(target, args: ConstructorParameters<WorkerClass>, newTarget) {
      if (isFirst) {
        isFirst = false;
        onFirst();
      }
      args[1] = withPreload(args[1], requireOption);
      return Reflect.construct(target, args, newTarget);
    },
  });
  syncBuiltinESMExports();
}

function withPreload(
  options: WorkerOptions | undefined,
  requireOption: string,
): WorkerOptions | undefined {
  if (options === null || typeof options !== 'object') return options;
  const isSkipped = options.eval === true || Array.isArray(options.execArgv);
  const { env } = options;
  // A shared environment cannot say anything to one thread alone.
  if (!isSkipped || typeof env === 'symbol') return options;

  const own: NodeJS.ProcessEnv = { ...(env ?? process.env) };
  own.NODE_OPTIONS = own.NODE_OPTIONS ? `${own.NODE_OPTIONS} ${requireOption}` : requireOption;
  return { ...options, env: own };
}

// In such a worker thread: what was added for it is neither for the application nor for its children.
function restoreNodeOptions(requireOption: string): void {
  const options = process.env.NODE_OPTIONS;
  if (options === requireOption) delete process.env.NODE_OPTIONS;
  else if (options?.endsWith(` ${requireOption}`)) {
    process.env.NODE_OPTIONS = options.slice(0, -requireOption.length - 1);
  }
}
