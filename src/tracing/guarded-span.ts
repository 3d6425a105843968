import type { Span } from '@opentelemetry/api';
import { replaceMethod } from '../methods/replace-method.js';

type Method = (this: Span, ...args: unknown[]) => unknown;

/** Those that look at what the program gives them. The last two answer nothing, the others the span. */
const CHAINED = [
  'setAttribute',
  'setAttributes',
  'addEvent',
  'addLink',
  'addLinks',
  'setStatus',
  'updateName',
] as const;
const LAST = ['recordException', 'end'] as const;

const { apply, getPrototypeOf } = Reflect;
const guarded = new WeakSet<object>();

/**
 * The span, whose methods throw no more. The SDK hands on what a getter of the program's throws, and
 * trips over null where it wants an object; without us nobody would have looked. Once for each class of
 * spans, which are those of our own copy of the SDK.
 */
export function guardedSpan(span: Span): Span {
  const prototype = getPrototypeOf(span) as Record<string, unknown>;
  if (guarded.has(prototype)) return span;
  guarded.add(prototype);
  for (const name of CHAINED) guard(prototype, name, true);
  for (const name of LAST) guard(prototype, name, false);
  return span;
}

function guard(prototype: Record<string, unknown>, name: string, answersSpan: boolean): void {
  const original = prototype[name] as Method;
  function method(this: Span, ...args: unknown[]): unknown {
    try {
      return apply(original, this, args);
    } catch {
      // The span goes without what cannot be read.
      return answersSpan ? this : undefined;
    }
  }
  replaceMethod(prototype, name, method);
}
