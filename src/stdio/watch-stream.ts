import { apply, mapGet, mapHas, mapSet } from '../convert/intrinsics.js';
import type { AnyFunction } from '../log-record.js';
import { replaceMethod } from '../methods/replace-method.js';

type Write = (this: unknown, ...args: unknown[]) => unknown;
export type OnWrite = (chunk: unknown, encoding: unknown, callee: AnyFunction) => void;

const watched = new Map<object, OnWrite>();
const classes = new Set<object>();

/**
 * Calls `onWrite` after each write to one of the process's own streams. When the program first asks
 * for it: to look at such a stream opens it.
 */
export function watchStream(name: 'stdout' | 'stderr', onWrite: OnWrite): void {
  const descriptor = Object.getOwnPropertyDescriptor(process, name);
  if (descriptor?.get === undefined || !descriptor.configurable) return;
  const original = descriptor.get as () => NodeJS.WriteStream;
  const { get } = {
    get(this: unknown): NodeJS.WriteStream {
      const stream = apply(original, this, []) as NodeJS.WriteStream;
      if (!mapHas(watched, stream)) {
        mapSet(watched, stream, onWrite);
        watchClass(stream);
      }
      return stream;
    },
  };
  Object.defineProperty(process, name, { ...descriptor, get });
}

// Not on the stream itself: some, pino among them, compare its method with that of its class, and
// write past a stream that somebody has changed.
function watchClass(stream: object): void {
  const prototype = Object.getPrototypeOf(stream) as Record<'write' | 'end', Write>;
  if (classes.has(prototype)) return;
  classes.add(prototype);
  const original = prototype.write;
  const { write } = {
    write(this: unknown, ...args: unknown[]): unknown {
      const result = apply(original, this, args);
      const onWrite = mapGet(watched, this) as OnWrite | undefined;
      if (onWrite !== undefined) onWrite(args[0], args[1], write as AnyFunction);
      return result;
    },
  };
  replaceMethod(prototype, 'write', write);
  watchEnd(prototype);
}

// Its last words go past `write`.
function watchEnd(prototype: Record<'end', Write>): void {
  const original = prototype.end;
  const { end } = {
    end(this: unknown, ...args: unknown[]): unknown {
      const onWrite = mapGet(watched, this) as OnWrite | undefined;
      const isOpen = onWrite !== undefined && (this as NodeJS.WriteStream).writable;
      const result = apply(original, this, args);
      const last = args[0];
      if (isOpen && last !== undefined && last !== null && typeof last !== 'function') {
        onWrite(last, args[1], end as AnyFunction);
      }
      return result;
    },
  };
  replaceMethod(prototype, 'end', end);
}
