import { isArray } from '../convert/intrinsics.js';
import { listen } from '../listen.js';
import { replaceMethod } from '../methods/replace-method.js';
import { asOwnWork } from '../own-work.js';
import type { Outgoing } from '../propagation/outgoing.js';
import { addToPairs, type Inherited } from './environment.js';

/** What Node hands to libuv: made by it for each child, out of what the program gave. */
interface NativeOptions {
  readonly envPairs?: readonly string[];
}

type NativeSpawn = (this: unknown, ...given: unknown[]) => unknown;

/** `spawn(file, args, cwd, envPairs, …)` of Node 26. */
const PAIRS_AT = 3;

interface NativeSpawner {
  spawn: NativeSpawn;
}

export interface ChildrenOptions {
  readonly inherited: Inherited;
  /** What is to be told here and now; undefined for nothing. */
  outgoing(): Outgoing | undefined;
}

const { apply, getPrototypeOf } = Reflect;

/**
 * Has child processes continue what is going on where they are started. Everything in `child_process`
 * and `cluster` ends in one of two native functions, which get options that Node has made for this
 * one call: what the program gave is neither read again nor changed, and an error is made after they
 * have returned, so that there is no frame of ours in its stack.
 * https://github.com/nodejs/node/blob/v24.11.0/lib/internal/child_process.js (spawn, spawnSync)
 */
export function followChildren(options: ChildrenOptions): void {
  const add = (pairs: readonly string[]) => withContext(pairs, options);
  let isFollowed = false;
  // Published while a `ChildProcess` is constructed, which then has its native handle.
  listen('child_process', message => {
    if (isFollowed) return;
    const { process: child } = message as { process: { readonly _handle?: object | null } };
    const handle = child._handle;
    isFollowed = true;
    if (handle !== undefined && handle !== null) follow(getPrototypeOf(handle), add);
  });
  follow(synchronousSpawner(), add);
  // Node lets its subscribers see the very list that it then hands over (22.15 and later).
  listen('process.execve', message => {
    const { env } = message as { env: string[] };
    const added = add(env);
    if (added !== env) env.splice(0, env.length, ...added);
  });
}

function withContext(
  pairs: readonly string[],
  { outgoing, inherited }: ChildrenOptions,
): readonly string[] {
  try {
    const told = asOwnWork(outgoing);
    return told === undefined ? pairs : addToPairs(pairs, told, inherited);
  } catch {
    // The child starts without.
    return pairs;
  }
}

type Add = (pairs: readonly string[]) => readonly string[];

function follow(spawner: unknown, add: Add): void {
  if (!isSpawner(spawner)) return;
  const original = spawner.spawn;
  replaceMethod(spawner, 'spawn', function (this: unknown, ...given: unknown[]): unknown {
    return apply(original, this, withPairs(given, add));
  });
}

// Up to Node 24, and for synchronous ones, a single object; later one by one.
function withPairs(given: readonly unknown[], add: Add): readonly unknown[] {
  const [options] = given;
  const all = [...given];
  if (given.length === 1 && typeof options === 'object' && options !== null) {
    const { envPairs } = options as NativeOptions;
    if (isArray(envPairs)) all[0] = { ...options, envPairs: add(envPairs) };
  } else if (isArray(given[PAIRS_AT])) all[PAIRS_AT] = add(given[PAIRS_AT] as string[]);
  return all;
}

function isSpawner(value: unknown): value is NativeSpawner {
  return typeof (value as Partial<NativeSpawner> | null)?.spawn === 'function';
}

// There is no other way to where it is. Some flags make Node warn of that way, or close it.
function synchronousSpawner(): unknown {
  const { binding } = process as { binding?(name: string): unknown };
  if (binding === undefined || warnsOfBinding()) return undefined;
  try {
    return apply(binding, process, ['spawn_sync']);
  } catch {
    return undefined;
  }
}

function warnsOfBinding(): boolean {
  const { NODE_PENDING_DEPRECATION, NODE_OPTIONS = '' } = process.env;
  const flags = [...process.execArgv, ...NODE_OPTIONS.split(/[ "]+/)];
  return NODE_PENDING_DEPRECATION === '1' || flags.includes('--pending-deprecation');
}
