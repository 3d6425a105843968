import { isArray, isNaNumber } from '../convert/intrinsics.js';
import type { Transport, WinstonLogger } from './info.js';
import { rankOf } from './levels.js';

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
  if (isNaNumber(rank)) return false;
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

/** How many transports may print a call of that level by the console, now or later. */
export function consoleUsers(logger: WinstonLogger, level: unknown): number {
  const transports = transportsOf(logger);
  let count = 0;
  for (let i = 0; i < transports.length; i++) {
    if (isConsoleUser(transports[i]!, logger, level)) count++;
  }
  return count;
}

export function isConsoleUser(
  transport: Transport,
  logger: WinstonLogger,
  level: unknown,
): boolean {
  return isLoud(transport) && !isSilent(transport) && takesLevel(transport, logger, level);
}

// As a transport of winston decides it.
function takesLevel(transport: Transport, logger: WinstonLogger, level: unknown): boolean {
  const least = transport.level || logger.level;
  return !least || rankOf(logger.levels, least) >= rankOf(logger.levels, level);
}

// Those of winston itself and of the most used packages do not, save winston's `Console` where it is told
// to, or where there is no way past the methods of the console.
function isLoud({ constructor: kind, forceConsole }: Transport): boolean {
  switch (kind?.name) {
    case 'File':
    case 'Http':
    case 'Stream':
    case 'DailyRotateFile':
    case 'ExceptionStream':
    case 'RejectionStream':
    // A logger, which counts its own.
    case 'DerivedLogger':
    case 'Logger':
    case OPENTELEMETRY:
      return false;
    case 'Console':
      return Boolean(forceConsole) || !(globalThis.console as { _stdout?: unknown })._stdout;
    default:
      return true;
  }
}
