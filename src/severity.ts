// Severity numbers and their texts.
// https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber

import { hasOwn, toLowerCase, trimText } from './convert/intrinsics.js';

export const TRACE = 1;
export const DEBUG = 5;
export const INFO = 9;
export const WARN = 13;
export const ERROR = 17;
export const FATAL = 21;

export type SeverityNumber = number;

const NUMBER_BY_NAME: Readonly<Record<string, SeverityNumber>> = {
  trace: TRACE,
  silly: TRACE,
  verbose: DEBUG,
  debug: DEBUG,
  http: INFO,
  info: INFO,
  information: INFO,
  notice: INFO,
  log: INFO,
  warn: WARN,
  warning: WARN,
  error: ERROR,
  err: ERROR,
  crit: FATAL,
  critical: FATAL,
  alert: FATAL,
  emerg: FATAL,
  emergency: FATAL,
  panic: FATAL,
  fatal: FATAL,
};

const TEXT_BY_RANGE = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

/** The names of the six levels, from the least severe on: four numbers each, from 1. */
export const LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The severity a level name stands for in console, winston, syslog and Python; undefined if unknown. */
export function severityFromName(name: string): SeverityNumber | undefined {
  const key = toLowerCase(trimText(name));
  return hasOwn(NUMBER_BY_NAME, key) ? NUMBER_BY_NAME[key] : undefined;
}

/** `TRACE` for 1 to 4, … `FATAL` for 21 to 24; an empty string outside. */
export function severityText(severity: SeverityNumber): string {
  return TEXT_BY_RANGE[(severity - 1) >> 2] ?? '';
}
