import { DEBUG, ERROR, INFO, type SeverityNumber, TRACE, WARN } from '../severity.js';

/** One method of a console as the bridge sees it. */
export interface ConsoleMethod {
  readonly name: string;
  readonly severityNumber: SeverityNumber;
  readonly iostream: 'stdout' | 'stderr';
  /**
   * The method through which Node itself prints for this one. Such a call is part of this one, not
   * a call of the application's.
   * https://github.com/nodejs/node/blob/v24.11.0/lib/internal/console/constructor.js
   */
  readonly printsThrough?: string;
  /** Data the call knows beside its arguments. */
  readonly data?: 'timer' | 'count' | 'table';
  /** Arguments that are not what is logged: the label of a timer, the condition of an assertion. */
  readonly skippedArguments?: number;
  /** The body is what was printed: the arguments alone do not say it. */
  readonly isBodyPrinted?: true;
  /** Only the first argument is logged: the rest are options. */
  readonly isSingleArgument?: boolean;
}

const out = (name: string, severityNumber: SeverityNumber): ConsoleMethod => ({
  name,
  severityNumber,
  iostream: 'stdout',
});
const err = (name: string, severityNumber: SeverityNumber): ConsoleMethod => ({
  name,
  severityNumber,
  iostream: 'stderr',
});

/** Every method that prints, on any supported Node. */
export const CONSOLE_METHODS: readonly ConsoleMethod[] = [
  out('log', INFO),
  out('info', INFO),
  out('debug', DEBUG),
  err('warn', WARN),
  err('error', ERROR),
  { ...err('trace', TRACE), printsThrough: 'error', isBodyPrinted: true },
  { ...err('assert', ERROR), printsThrough: 'warn', skippedArguments: 1, isBodyPrinted: true },
  { ...out('dir', INFO), isSingleArgument: true },
  out('dirxml', INFO),
  {
    ...out('table', INFO),
    printsThrough: 'log',
    data: 'table',
    skippedArguments: 2,
    isBodyPrinted: true,
  },
  { ...out('group', INFO), printsThrough: 'log' },
  { ...out('groupCollapsed', INFO), printsThrough: 'log' },
  {
    ...out('count', INFO),
    printsThrough: 'log',
    data: 'count',
    skippedArguments: 1,
    isBodyPrinted: true,
  },
  {
    ...out('timeLog', INFO),
    printsThrough: 'log',
    data: 'timer',
    skippedArguments: 1,
    isBodyPrinted: true,
  },
  {
    ...out('timeEnd', INFO),
    printsThrough: 'log',
    data: 'timer',
    skippedArguments: 1,
    isBodyPrinted: true,
  },
];
