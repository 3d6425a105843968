import fs from 'node:fs';

// Taken before the application can replace them: what mocks of `fs` see is the application's alone.
// One by one: to look at all there is would run getters that load a dozen of Node's modules
// (`promises`, `ReadStream`), which then stay in the memory of every program.
export const accessSync = original('accessSync');
export const closeSync = original('closeSync');
export const constants = original('constants');
export const existsSync = original('existsSync');
export const fstatSync = original('fstatSync');
export const ftruncateSync = original('ftruncateSync');
export const lstatSync = original('lstatSync');
export const mkdirSync = original('mkdirSync');
export const openSync = original('openSync');
export const readdirSync = original('readdirSync');
export const readFileSync = original('readFileSync');
export const readlinkSync = original('readlinkSync');
export const readSync = original('readSync');
export const renameSync = original('renameSync');
export const rmSync = original('rmSync');
export const statSync = original('statSync');
export const truncateSync = original('truncateSync');
export const unlinkSync = original('unlinkSync');
export const utimesSync = original('utimesSync');
export const writeSync = original('writeSync');

// Who came before us has replaced them already: instrumentation-fs would make spans of our files.
// Such wrappers hold what they wrap.
// https://github.com/open-telemetry/opentelemetry-js/blob/main/experimental/packages/opentelemetry-instrumentation/src/shimmer.ts
function original<Name extends keyof typeof fs>(name: Name): (typeof fs)[Name] {
  return unwrapped(fs[name]) as (typeof fs)[Name];
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'function') return value;
  const { __original: inner } = value as { readonly __original?: unknown };
  return typeof inner === 'function' ? unwrapped(inner) : value;
}
