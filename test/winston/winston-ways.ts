/** Ways to make a logger, and what it puts out by; each way is tried with each output. */

export interface Way {
  readonly name: string;
  /** An expression of `winston` and a list of `transports`. */
  readonly code: string;
  /** How the program gets `winston`. Default: `require('winston')`. */
  readonly load?: string;
  readonly isModule?: boolean;
}

export interface Output {
  readonly name: string;
  /** An expression of `winston`, and of what the programs have: `folder`, `port`, `stream`, classes. */
  readonly code: string;
}

const CREATE = 'winston.createLogger({ transports })';
const COPY = "require(folder + '/copy/node_modules/winston')";

export const WAYS: readonly Way[] = [
  { name: '`winston.createLogger()`', code: CREATE },
  {
    name: '`new winston.Logger()`',
    code: 'Object.assign(new winston.Logger({ transports }), { info(...args) { return this.log("info", ...args) } })',
  },
  {
    name: '`winston.configure()`, the default logger',
    code: '(winston.configure({ transports }), winston)',
  },
  {
    name: '`winston.add()`, the default logger',
    code: '(winston.clear(), transports.forEach(one => winston.add(one)), winston)',
  },
  {
    name: '`new winston.Container()`',
    code: "new winston.Container({ transports }).get('id')",
  },
  {
    name: '`winston.loggers.add()`',
    code: "(winston.loggers.add('id' + transports.id, { transports }), winston.loggers.get('id' + transports.id))",
  },
  { name: '`logger.child()`', code: `${CREATE}.child({ child: 1 })` },
  {
    name: '`logger.child().child()`',
    code: `${CREATE}.child({ child: 1 }).child({ child: 2 })`,
  },
  {
    name: '`logger.configure()` later',
    code: '(logger => (logger.configure({ transports }), logger))(winston.createLogger({ silent: true }))',
  },
  {
    name: '`logger.clear()`, then `logger.add()`',
    code: '(logger => (logger.clear(), transports.forEach(one => logger.add(one)), logger))(winston.createLogger({ transports: new winston.transports.Console() }))',
  },
  {
    name: 'two loggers of one options object',
    code: '(options => (winston.createLogger(options), winston.createLogger(options)))({ transports: [], levels: winston.config.npm.levels, transports })',
  },
  {
    name: 'a class that extends `winston.Logger`',
    code: 'new (class extends winston.Logger { info(...args) { return this.log("info", ...args) } })({ transports })',
  },
  { name: 'another copy of winston', code: CREATE, load: COPY },
  {
    name: 'one without `logger.child()`, as up to winston 3.1',
    code: CREATE,
    load: 'withoutChild(folder)',
  },
  { name: 'evaluated again, as some test runners do', code: CREATE, load: 'again()' },
  {
    name: "`import winston from 'winston'`",
    code: CREATE,
    load: "import winston from 'winston';",
    isModule: true,
  },
  {
    name: "`import { createLogger } from 'winston'`",
    code: CREATE,
    load: "import * as winston from 'winston';",
    isModule: true,
  },
];

export const OUTPUTS: readonly Output[] = [
  { name: '`Console`', code: 'new winston.transports.Console()' },
  {
    name: '`Console` with `forceConsole`',
    code: 'new winston.transports.Console({ forceConsole: true })',
  },
  {
    name: '`Console` with `stderrLevels`',
    code: "new winston.transports.Console({ forceConsole: true, stderrLevels: ['info'] })",
  },
  {
    name: '`Console` of a replaced console',
    code: 'replaced(() => new winston.transports.Console())',
  },
  { name: '`File`', code: "new winston.transports.File({ filename: folder + '/file.log' })" },
  { name: '`Http`', code: 'new winston.transports.Http({ port })' },
  { name: '`Stream`', code: 'new winston.transports.Stream({ stream })' },
  {
    name: '`winston-daily-rotate-file`',
    code: "new DailyRotateFile({ dirname: folder, filename: 'daily-%DATE%.log' })",
  },
  { name: 'a transport that calls `console.log()`', code: 'new Printing()' },
  { name: 'one that words the line itself', code: 'new Wording()' },
  { name: 'one that does so later', code: 'new Later()' },
  { name: "OpenTelemetry's transport", code: 'new OpenTelemetryTransportV3()' },
  { name: 'a transport of winston 2', code: 'new Legacy()' },
  {
    name: 'several',
    code: '[new winston.transports.Console({ forceConsole: true }), new Printing(), new OpenTelemetryTransportV3()]',
  },
  {
    name: 'a slow one, beside `forceConsole`',
    code: '[new Slow({ highWaterMark: 1 }), new winston.transports.Console({ forceConsole: true })]',
  },
];
