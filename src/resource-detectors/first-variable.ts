import type { Host } from './host.js';

/** The first of these variables that says anything. Templates often leave one set but blank. */
export function firstVariable(env: Host['env'], ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return value;
  }
  return undefined;
}
