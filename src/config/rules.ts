// Rules, and the level while the program runs.
import { resolve } from 'node:path';
import { READY_MADE_NAMES, type RulesSource } from '../rules/source.js';
import { choice, type Reading, text } from './values.js';

export function readRules(reading: Reading) {
  return { rules: readSource(reading), levelSignal: readLevelSignal(reading) };
}

// Names alone, with commas, are those of ready-made sets; anything else is a file.
function readSource(reading: Reading): RulesSource | undefined {
  const value = text(reading, 'OTEL_REGISTER_RULES');
  if (value === undefined) return undefined;
  const names = value.split(',').map(name => name.trim().toLowerCase());
  if (names.every(name => READY_MADE_NAMES.includes(name as never))) {
    return { path: undefined, use: names };
  }
  return { path: absolute(value), use: [] };
}

// SIGUSR1 is Node's own, for its debugger.
function readLevelSignal(reading: Reading): NodeJS.Signals | undefined {
  const values = ['sigusr2', 'off'] as const;
  const value = choice(reading, 'OTEL_REGISTER_LEVEL_SIGNAL', { values, otherwise: 'off' });
  return value === 'off' ? undefined : 'SIGUSR2';
}

function absolute(path: string): string {
  try {
    return resolve(path);
  } catch {
    // The working folder is gone; reading the file will say what is wrong.
    return path;
  }
}
