import Module from 'node:module';
import { mapGet, mapHas } from '../convert/intrinsics.js';
import { say } from '../self-report.js';
import { type ModuleObject, watchEvaluation } from './evaluation.js';
import { fileName, installedFile, isFileOf, type PackageFile } from './package-file.js';

/** What a package's file answered to `require`, and where it was loaded from. */
export type OnLoad = (exports: unknown, path: string) => void;

interface Watched {
  readonly packageName: string;
  readonly file: string;
  readonly onLoad: OnLoad;
}

const { prototype, _cache: cache } = Module as unknown as {
  readonly prototype: object;
  readonly _cache: Readonly<Record<string, ModuleObject>>;
};
const { defineProperty, getOwnPropertyDescriptor } = Object;
const watchedByName = new Map<string, Watched[]>();

/**
 * Calls `onLoad` whenever a CommonJS file of a package has been evaluated in this thread, each copy
 * of the package in its turn, before whoever loaded it goes on; at once for those that are loaded
 * already. Whether it is required or imported does not matter.
 *
 * @param file Within the package, with slashes: `lib/winston/logger.js`.
 * @param onLoad Run as the program's own code: it has to be fast, and what it throws is swallowed.
 */
export function onPackageLoad(packageName: string, file: string, onLoad: OnLoad): void {
  followModules();
  const name = fileName(file);
  const watched: Watched = { packageName, file, onLoad };
  const others = watchedByName.get(name);
  if (others === undefined) watchedByName.set(name, [watched]);
  else others.push(watched);

  // A preload before us may have loaded it.
  for (const path of Object.keys(cache)) {
    const module = cache[path]!;
    const isLoaded = fileName(path) === name && module.loaded === true;
    if (isLoaded && isWatched(watched, path)) tell(watched, path, module.exports);
  }
}

/** One file of a followed package. `exports` of the module may be replaced. */
export type OnFile = (module: { exports: unknown }, file: PackageFile) => void;

interface Followed {
  readonly names: ReadonlyMap<string, unknown>;
  readonly onFile: OnFile;
}

let followed: Followed | undefined;

/**
 * Calls `onFile` as `onPackageLoad` does, for each CommonJS file of the packages of these names. There
 * is one such follower. Files that are loaded already are not told.
 *
 * @returns Ends it.
 */
export function followPackages(names: ReadonlyMap<string, unknown>, onFile: OnFile): () => void {
  followModules();
  followed = { names, onFile };
  return () => {
    followed = undefined;
  };
}

let isFollowing = false;

/**
 * The constructor of Node's modules gives each its `loaded` by a plain assignment. A setter on their
 * prototype sees all of them, whoever makes them, without a frame in the stack of what they run:
 * wrapping `Module._load` has one, and subscribing to the channel of `require` makes Node rethrow
 * what a module throws, which then shows another line of source.
 */
function followModules(): void {
  if (isFollowing) return;
  isFollowing = true;
  if (getOwnPropertyDescriptor(prototype, 'loaded') !== undefined) {
    say('modules-taken', 'Something else follows the modules, so loggers are not looked for.');
    return;
  }
  const accessor = {
    get loaded(): undefined {
      return undefined;
    },
    set loaded(value: unknown) {
      // As the assignment would have done it.
      defineProperty(this, 'loaded', {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      } as PropertyDescriptor);
      if (value === false) look(this as unknown as ModuleObject);
    },
  };
  const { get, set } = getOwnPropertyDescriptor(accessor, 'loaded')!;
  defineProperty(prototype, 'loaded', { get, set, enumerable: false, configurable: true });
}

// What is thrown here would be thrown by `require`.
function look(module: ModuleObject): void {
  try {
    const path = module.id;
    if (typeof path !== 'string') return;
    const watched = watchedOf(path);
    const file = followed && followedFile(followed, path);
    if (watched === undefined && file === undefined) return;
    watchEvaluation(module, () => {
      for (let i = 0; i < (watched?.length ?? 0); i++) tell(watched![i]!, path, module.exports);
      if (file !== undefined) tellFile(module, file);
    });
  } catch {
    // It is loaded without us.
  }
}

function watchedOf(path: string): readonly Watched[] | undefined {
  const ofName = mapGet(watchedByName, fileName(path)) as Watched[] | undefined;
  if (ofName === undefined) return undefined;
  const watched: Watched[] = [];
  for (let i = 0; i < ofName.length; i++) {
    if (isWatched(ofName[i]!, path)) watched[watched.length] = ofName[i]!;
  }
  return watched.length === 0 ? undefined : watched;
}

function followedFile({ names }: Followed, path: string): PackageFile | undefined {
  const file = installedFile(path);
  return file !== undefined && mapHas(names as Map<unknown, unknown>, file.packageName)
    ? file
    : undefined;
}

function tellFile(module: ModuleObject, file: PackageFile): void {
  try {
    followed?.onFile(module, file);
  } catch {
    // As below.
  }
}

function isWatched({ packageName, file }: Watched, path: string): boolean {
  return isFileOf(packageName, file, path);
}

function tell({ onLoad }: Watched, path: string, exports: unknown): void {
  try {
    onLoad(exports, path);
  } catch {
    // What we do with a package is never worth an error in the application.
  }
}
