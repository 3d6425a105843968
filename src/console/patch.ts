import { lookLike } from '../methods/replace-method.js';
import { say } from '../self-report.js';

/** A console, or the prototype of consoles. */
export type Holder = Record<PropertyKey, unknown>;
export type Method = (this: unknown, ...args: unknown[]) => unknown;

const { set } = Reflect;

/**
 * Assigned, not defined: where a preload before us made accessors of the console's methods, what it
 * does with them goes on, and what it answers. `bridged` is a shorthand method: like Node's own it is no
 * constructor and has no prototype.
 */
export function replaceOnConsole(
  holder: Holder,
  key: PropertyKey,
  original: Method,
  bridged: Method,
): () => void {
  lookLike(bridged, original);
  if (!assign(holder, key, bridged)) {
    say(
      'console-frozen',
      'The console is frozen, so its lines are not exported; crashes and records of the OpenTelemetry API are.',
    );
    return noop;
  }
  return () => {
    // If someone wrapped us since, restoring the original would cut them out too.
    if (holder[key] === bridged) holder[key] = original;
  };
}

// `--frozen-intrinsics` puts setters that throw in place of what it froze.
function assign(holder: Holder, key: PropertyKey, value: unknown): boolean {
  try {
    return set(holder, key, value);
  } catch {
    return false;
  }
}

/** Node keeps its internal methods under symbols. */
export function symbolNamed(holder: Holder, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find(symbol => symbol.description === description);
}

function noop(): void {}
