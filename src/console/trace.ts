import type { Holder, Method } from './patch.js';

// `console.trace` prints the frames above it, and a method of ours in between would be the first of
// them. The stack is therefore taken here, where it can be cut above ours, and handed to Node in
// place of its own: text, limit, source maps and formatters of the application's stay as they were.

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;

/**
 * Prepares one call of Node's `trace` made by `bridged`. Node formats the arguments first, by the
 * method under `formatSymbol`; what follows is the stack. Returns the undo.
 */
export function hideFromTrace(holder: Holder, formatSymbol: symbol, bridged: Method): () => void {
  const format = holder[formatSymbol];
  if (typeof format !== 'function') return noop;
  let restoreFormatter = noop;
  const restoreFormat = replaceFor(holder, formatSymbol, function formatOnce(this: unknown, args) {
    restoreFormat();
    const message = apply(format as Method, this, [args]);
    restoreFormatter = answerNextStack(stackAbove(bridged, message));
    return message;
  });
  return () => {
    restoreFormat();
    restoreFormatter();
  };
}

// As Node makes it, so that it reads the same. An error of the application's formatter passes on.
function stackAbove(bridged: Method, message: unknown): unknown {
  const trace: { name: string; message: unknown; stack?: unknown } = { name: 'Trace', message };
  Error.captureStackTrace(trace, bridged);
  return trace.stack;
}

// Without a stack (`Error.stackTraceLimit` is no number) Node asks nobody for its text.
function answerNextStack(stack: unknown): () => void {
  if (stack === undefined) return noop;
  const restore = replaceFor(Error as unknown as Holder, 'prepareStackTrace', () => {
    restore();
    return stack;
  });
  return restore;
}

// For one call, and there may be none before: so not by `replaceMethod`. A frozen holder stays as it is: the
// frame shows.
function replaceFor(holder: Holder, key: PropertyKey, value: Method): () => void {
  const before = getOwnPropertyDescriptor(holder, key);
  const enumerable = before?.enumerable ?? true;
  if (!defineProperty(holder, key, { value, enumerable, writable: true, configurable: true })) {
    return noop;
  }
  return () => {
    if (getOwnPropertyDescriptor(holder, key)?.value !== value) return;
    if (before === undefined) deleteProperty(holder, key);
    else defineProperty(holder, key, before);
  };
}

function noop(): void {}
