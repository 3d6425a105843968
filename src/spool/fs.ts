import fs from 'node:fs';

// Taken before the application can replace them: what mocks of `fs` see is the application's alone.
// Who came before us has: instrumentation-fs would make spans of our files. Such wrappers hold what
// they wrap.
// https://github.com/open-telemetry/opentelemetry-js/blob/main/experimental/packages/opentelemetry-instrumentation/src/shimmer.ts
const original = Object.fromEntries(
  Object.entries(fs).map(([name, value]) => [name, unwrapped(value)]),
) as typeof fs;

export const {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeSync,
} = original;

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'function') return value;
  const { __original: inner } = value as { readonly __original?: unknown };
  return typeof inner === 'function' ? unwrapped(inner) : value;
}
