import { DEBUG, ERROR, INFO, severityFromName, TRACE, WARN } from '../severity.js';

export type LogFormat = 'json' | 'console';

const NPM_LEVELS = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];
const DEFAULT_LEVEL = 'info';
const FORMATS: readonly LogFormat[] = ['json', 'console'];

/** `LOG_LEVEL`, else what the code asks for, else `info`. */
export function readLevel(asked: string | undefined): string {
  return (
    levelOf(process.env.LOG_LEVEL, 'LOG_LEVEL') ?? levelOf(asked, 'The level') ?? DEFAULT_LEVEL
  );
}

/** `LOG_FORMAT`, else for people on a terminal and for machines elsewhere. */
export function readFormat(): LogFormat {
  const otherwise = process.stdout.isTTY ? 'console' : 'json';
  const name = process.env.LOG_FORMAT?.trim().toLowerCase();
  if (!name) return otherwise;
  const format = FORMATS.find(known => known === name);
  if (format === undefined) warn(`LOG_FORMAT "${name}" is not json or console; using ${otherwise}`);
  return format ?? otherwise;
}

/** Other systems' names stand for the nearest that npm's levels have. */
function levelOf(name: string | undefined, source: string): string | undefined {
  const level = name?.trim().toLowerCase();
  if (!level) return undefined;
  if (NPM_LEVELS.includes(level)) return level;
  const known = nearest(severityFromName(level));
  if (known === undefined) warn(`${source} "${name}" is not one of ${NPM_LEVELS.join(', ')}`);
  return known;
}

function nearest(severity: number | undefined): string | undefined {
  if (severity === undefined) return undefined;
  if (severity >= ERROR) return 'error';
  if (severity >= WARN) return 'warn';
  if (severity >= INFO) return 'info';
  if (severity >= DEBUG) return 'debug';
  return severity >= TRACE ? 'silly' : undefined;
}

function warn(message: string): void {
  process.emitWarning(message, { type: 'Warning', code: 'OTEL_REGISTER_LOGGER' });
}
