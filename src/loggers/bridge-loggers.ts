import { bridgeBunyan } from './bunyan-bridge.js';
import { bridgeDebug } from './debug-bridge.js';
import type { LoggerBridgeOptions } from './logger-bridge.js';
import { bridgePino } from './pino-bridge.js';

/** Follows the loggers that a program may load. */
export function bridgeLoggers(options: LoggerBridgeOptions): void {
  bridgePino(options);
  bridgeBunyan(options);
  bridgeDebug(options);
}
