import { HAS_PTY } from '../helpers/pty.js';
import type { RunOptions } from '../helpers/run-node.js';

/** A program that prints, and how it is run. */
export interface OutputProgram {
  readonly script: string;
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const program = (script: string, options: Omit<OutputProgram, 'script'> = {}): OutputProgram => ({
  script: `console/${script}`,
  ...options,
});

/** Every program of test/fixtures/console whose output does not depend on who reads it. */
export const OUTPUT_PROGRAMS: readonly OutputProgram[] = [
  program('methods.mjs'),
  program('formats.cjs'),
  program('values.cjs'),
  program('values.cjs', { env: { FORCE_COLOR: '3' } }),
  program('values.cjs', { env: { NO_COLOR: '1' } }),
  program('methods.mjs', { env: { FORCE_COLOR: '1' } }),
  program('errors.cjs'),
  program('errors.cjs', { nodeArgs: ['--stack-trace-limit=3'] }),
  program('groups.cjs'),
  program('trace.cjs'),
  program('trace.cjs', { nodeArgs: ['--enable-source-maps'] }),
  program('trace-async.mjs'),
  program('trace-prepared.cjs'),
  program('trace-prepared.cjs', { nodeArgs: ['--enable-source-maps'] }),
  program('trace-mapped.cjs', { nodeArgs: ['--enable-source-maps'] }),
  program('inspecting.cjs'),
  program('instances.cjs'),
  program('throwing-stream.cjs'),
  program('replaced.cjs'),
  program('wrapped.cjs'),
  program('imported.mjs'),
  program('warnings.cjs'),
  program('warnings.cjs', { nodeArgs: ['--no-warnings'] }),
  program('timers.cjs'),
  program('shape.mjs'),
  program('hostile.cjs'),
  program('hostile-prototypes.cjs'),
  program('hostile-errors.cjs'),
  program('patched-builtins.cjs'),
  program('broken-builtins.cjs'),
  program('frozen.cjs'),
  program('frozen.cjs', {
    nodeArgs: ['--frozen-intrinsics'],
    env: { OTEL_REGISTER_DIAGNOSTICS: 'off' },
  }),
  program('early.cjs'),
  program('stdout-ended.cjs'),
  program('huge.cjs'),
];

export function programName({ script, nodeArgs = [], env = {} }: OutputProgram): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...variables, ...nodeArgs, script].join(' ');
}

/** The run that a preloaded one is compared with: Node itself changes frames under `--import`. */
export function withoutPreload(options: RunOptions, condition: 'import' | 'require'): RunOptions {
  const empty = condition === 'import' ? ['--import', 'data:text/javascript,'] : [];
  return { ...options, preload: false, nodeArgs: [...(options.nodeArgs ?? []), ...empty] };
}

// Process ids and durations differ between any two runs.
export function normalised(output: Buffer): string {
  return output
    .toString('latin1')
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .replaceAll(/: \d+(?:\.\d+)?(?:ms|s)\b/g, ': DURATION');
}

export const STREAM_KINDS = HAS_PTY ? (['file', 'pty'] as const) : (['file'] as const);
