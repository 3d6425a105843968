import { getPrototypeOf, hasOwn } from '../convert/intrinsics.js';

type Methods<Method> = Readonly<Record<PropertyKey, Method>>;

/**
 * What `target` does under `key` without a method that is about to take its place; to be asked at each
 * call. Its own, where it has one. What it inherits is looked up each time: somebody may replace that
 * later, or give the object another prototype, as Express does. And not from `this`, which may inherit
 * from the target, and have our method again.
 */
export function originalMethod<Method>(target: object, key: PropertyKey): () => Method {
  const own = hasOwn(target, key) ? (target as Methods<Method>)[key] : undefined;
  return () => own ?? (getPrototypeOf(target) as Methods<Method>)[key]!;
}
