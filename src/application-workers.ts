import { syncBuiltinESMExports } from 'node:module';
import threads, {
  getEnvironmentData,
  setEnvironmentData,
  type Worker,
  type WorkerOptions,
} from 'node:worker_threads';
import { attempt } from './attempt.js';
import { requireOption } from './node-options.js';
import { ThreadEnds } from './thread-ends.js';

type WorkerArguments = ConstructorParameters<typeof threads.Worker>;

/** What was added to a worker thread's options to preload us, as the application left it. */
interface Replaced {
  readonly nodeOptions?: string | undefined;
  readonly execArgv?: readonly string[];
}

interface Changes {
  readonly changed: WorkerOptions;
  readonly replaced: Replaced;
}

/** Under this key of `setEnvironmentData` a worker thread finds its `Replaced`, and nobody else. */
const REPLACED_KEY = '@emp/otel-register.replaced';

/**
 * Sees the application's worker threads come, and preloads those that Node would not:
 * `--import` is skipped for `eval: true`, an `execArgv` of the application's own drops what came on
 * the command line, and an `env` of its own what came by NODE_OPTIONS (Node 20 to 26).
 *
 * @param preloadPath Absolute, of the file to `--require`.
 * @param onFirst Called before the first worker thread starts. Must not throw.
 * @param onEach Called before each is made; what it answers is called after. Must not throw.
 */
export function followWorkers(
  preloadPath: string,
  onFirst: () => void,
  onEach: () => () => void,
): void {
  let isFirst = true;
  const ends = new ThreadEnds();
  const Original = threads.Worker;
  const traps: ProxyHandler<typeof Original> = {
    construct(target, args: WorkerArguments, newTarget) {
      if (isFirst) {
        isFirst = false;
        onFirst();
      }
      // Whatever is amiss with its options, Node is to say it.
      const changes = attempt(() => changesFor(args[1], preloadPath));
      const noteStarted = ends.begin();
      const onMade = onEach();
      let worker: Worker | undefined;
      try {
        worker = changes && constructChanged(target, args, newTarget, changes);
        worker ??= Reflect.construct(target, args, newTarget) as Worker;
        return worker;
      } finally {
        onMade();
        noteStarted(worker);
      }
    },
  };
  // A library's `Object.prototype.get` must not become a trap.
  Object.setPrototypeOf(traps, null);
  const Followed = new Proxy(Original, traps);
  threads.Worker = Followed;
  Object.defineProperty(Original.prototype, 'constructor', { value: Followed });
  syncBuiltinESMExports();
}

/** In a worker thread: what was added for it is neither for the application nor for its children. */
export function restoreWorkerOptions(): void {
  const replaced = getEnvironmentData(REPLACED_KEY) as Replaced | undefined;
  if (replaced === undefined) return;
  setEnvironmentData(REPLACED_KEY, undefined);

  if (replaced.execArgv !== undefined) {
    process.execArgv = [...replaced.execArgv];
    return;
  }
  if (replaced.nodeOptions === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = replaced.nodeOptions;
}

function changesFor(options: WorkerOptions | undefined, preloadPath: string): Changes | undefined {
  if (!isObject(options)) return undefined;
  const { eval: isEval, execArgv, env } = options;
  if (!isEval && !Array.isArray(execArgv) && !isObject(env)) return undefined;

  // A shared environment cannot say anything to one thread alone.
  if (typeof env === 'symbol') {
    const own = execArgv ?? process.execArgv;
    return {
      changed: { execArgv: [...own, '--require', preloadPath] },
      replaced: { execArgv: own },
    };
  }
  const own: NodeJS.ProcessEnv = { ...(env ?? process.env) };
  // It would not load anything, so nothing would take our option out again. Node makes texts of values.
  if (String(own.OTEL_SDK_DISABLED).trim().toLowerCase() === 'true') return undefined;

  // NODE_OPTIONS, because unlike `execArgv` it takes nothing else away.
  const nodeOptions = own.NODE_OPTIONS;
  const option = requireOption(preloadPath);
  own.NODE_OPTIONS = nodeOptions ? `${nodeOptions} ${option}` : option;
  return { changed: { env: own }, replaced: { nodeOptions } };
}

// Whatever the constructor has against the changed options, flags in NODE_OPTIONS for instance that
// are for whole processes, the application's own options decide: also about the error it sees.
function constructChanged(
  target: typeof threads.Worker,
  [filename, options, ...rest]: WorkerArguments,
  newTarget: NewableFunction,
  { changed, replaced }: Changes,
): Worker | undefined {
  // Inheriting the rest leaves accessors and prototypes of the application's options as they are.
  const properties = Object.entries(changed).map(([name, value]) => [name, { value }]);
  const inheriting = Object.create(options!, Object.fromEntries(properties));
  setEnvironmentData(REPLACED_KEY, replaced as never);
  try {
    return Reflect.construct(target, [filename, inheriting, ...rest], newTarget);
  } catch {
    return undefined;
  } finally {
    setEnvironmentData(REPLACED_KEY, undefined);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
