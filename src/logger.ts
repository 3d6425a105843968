import type { Logform, Logger } from 'winston';
import { loadWinston } from './logger/load-winston.js';
import { loggedRecord, restoreLogged } from './logger/logged-record.js';
import { type LogFormat, readFormat, readLevel } from './logger/settings.js';
import { humanLine } from './output/human-line.js';
import { jsonLine } from './output/json-line.js';

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  /**
   * On everything it logs, as the field `logger`.
   *
   * @defaultValue none
   */
  readonly name?: string;
  /**
   * The least level it logs, where the environment has no `LOG_LEVEL`: one of npm's, or another
   * system's name, which stands for the nearest of these (`warning`, `critical`). An unknown one is told
   * in a process warning, `OTEL_REGISTER_LOGGER`, and not used.
   *
   * @defaultValue `'info'`
   */
  readonly level?: string;
  /**
   * On everything it logs; what a call says by the same name holds.
   *
   * @defaultValue none
   */
  readonly fields?: Readonly<Record<string, unknown>>;
}

type TransformableInfo = Logform.TransformableInfo;

const LEVEL = Symbol.for('level');
const MESSAGE = Symbol.for('message');
/** As the console's methods of these names have it. */
const STDERR_LEVELS = ['error', 'warn'];

/**
 * A winston logger with npm's levels (`error`, `warn`, `info`, `http`, `verbose`, `debug`, `silly`):
 * it prints one line for each call, and with the preload each call is a record as well, with the
 * body, attributes and trace that `console.log` with the same arguments has. `child(fields)` binds
 * further fields.
 *
 * `LOG_LEVEL` is the least level that is logged, `LOG_FORMAT=json|console` what the lines look like;
 * by default for people on a terminal and JSON elsewhere. Both carry what `withLogContext` binds,
 * and the id of the active trace.
 *
 * @throws Error `OTEL_REGISTER_NO_WINSTON` if the application has no winston installed.
 * @example
 * ```js
 * const logger = createLogger({ name: 'worker' });
 * logger.info('Job completed', { job_id: job.id });
 * ```
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const winston = loadWinston();
  const { name, level, fields } = options;
  return winston.createLogger({
    level: readLevel(level),
    levels: winston.config.npm.levels,
    defaultMeta: { ...(name !== undefined && { logger: name }), ...fields },
    format: winston.format(printed(readFormat()))(),
    transports: [new winston.transports.Console({ stderrLevels: STDERR_LEVELS })],
  });
}

function printed(format: LogFormat): (info: TransformableInfo) => TransformableInfo {
  const service = process.env.OTEL_SERVICE_NAME?.trim() || undefined;
  return info => {
    restoreLogged(info);
    const record = loggedRecord(info);
    const level = String(info[LEVEL]);
    info[MESSAGE] =
      format === 'json'
        ? jsonLine(record, service, level)
        : humanLine(record, {
            indentation: '',
            hasColours: hasColours(level),
            shownKeys: undefined,
          });
    return info;
  };
}

function hasColours(level: string): boolean {
  const stream = STDERR_LEVELS.includes(level) ? process.stderr : process.stdout;
  return stream.isTTY === true && stream.hasColors();
}
