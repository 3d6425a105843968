import { isArray } from '../convert/intrinsics.js';
import type { Transport, WinstonLogger } from './info.js';
import { rankOf } from './levels.js';

/** Those of winston itself and of the most used packages that do not print by the console. */
const QUIET_TRANSPORTS: readonly unknown[] = [
  'File',
  'Http',
  'Stream',
  'DailyRotateFile',
  'ExceptionStream',
  'RejectionStream',
  'OpenTelemetryTransportV3',
];
const OPENTELEMETRY = 'OpenTelemetryTransportV3';
const NOBODY: readonly Transport[] = [];

/** The transports, and whatever else the logger is piped into. */
export function transportsOf(logger: WinstonLogger): readonly Transport[] {
  const pipes = logger._readableState?.pipes;
  if (isArray(pipes)) return pipes;
  return pipes === null || pipes === undefined ? NOBODY : [pipes as Transport];
}

/**
 * Whether winston lets a call of that level pass: the logger's level does, or that of a transport that
 * has one of its own. Silent transports do not count; without any transport the logger's level holds.
 */
export function isOutput(logger: WinstonLogger, level: unknown): boolean {
  const { levels } = logger;
  const rank = rankOf(levels, level);
  if (Number.isNaN(rank)) return false;
  const transports = transportsOf(logger);
  let hasVoice = transports.length === 0;
  for (let i = 0; i < transports.length; i++) {
    const transport = transports[i]!;
    if (isSilent(transport)) continue;
    hasVoice = true;
    if (transport.level && rankOf(levels, transport.level) >= rank) return true;
  }
  return hasVoice && (!logger.level || rankOf(levels, logger.level) >= rank);
}

function isSilent({ silent, transport }: Transport): boolean {
  return Boolean(silent) || Boolean(transport?.silent);
}

/** Whether winston ends the process of an exception that this logger handles. */
export function endsOfExceptions(logger: WinstonLogger): boolean {
  if (logger.exitOnError !== true) return false;
  const transports = transportsOf(logger);
  for (let i = 0; i < transports.length; i++) {
    const { transport = transports[i]! } = transports[i]!;
    if (transport.handleExceptions) return true;
  }
  return false;
}

export function hasOpenTelemetryTransport(logger: WinstonLogger): boolean {
  const transports = transportsOf(logger);
  for (let i = 0; i < transports.length; i++) {
    if (transports[i]!.constructor?.name === OPENTELEMETRY) return true;
  }
  return false;
}

/** Whether a transport may print by the console, now or later. */
export function mayUseConsole(logger: WinstonLogger): boolean {
  const transports = transportsOf(logger);
  for (let i = 0; i < transports.length; i++) if (isLoud(transports[i]!)) return true;
  return false;
}

// winston's own one writes past the console's methods, unless told otherwise or there is no way past.
function isLoud({ constructor: kind, forceConsole }: Transport): boolean {
  const name = kind?.name;
  if (name !== 'Console') return !QUIET_TRANSPORTS.includes(name);
  const { _stdout } = globalThis.console as { _stdout?: unknown };
  return Boolean(forceConsole) || !_stdout;
}
