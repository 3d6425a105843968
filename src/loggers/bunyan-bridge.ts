import type { Holder, Method } from '../console/patch.js';
import { apply, parseJson } from '../convert/intrinsics.js';
import { dataProperty } from '../convert/objects.js';
import { namedScope } from '../log-record.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { ownWork, quietly } from '../own-work.js';
import { jsonContent } from './json-content.js';
import { type LevelSeverity, severityOfLevel } from './level-severity.js';
import { emitLogged, type LoggerBridgeOptions, type Moment, momentOf } from './logger-bridge.js';
import { loggerOutput } from './logger-output.js';

const SCOPE = namedScope('bunyan');
const ROLES = { messageKey: 'msg', errorKey: 'err' };
/** Of the format itself; the level is the severity, the time is the record's. */
const FORMAT_KEYS = ['v', 'level', 'time'] as const;

/** Makes a record of each line of bunyan, from the line itself: its serializers have been at work. */
export function bridgeBunyan(options: LoggerBridgeOptions): void {
  onPackageLoad('bunyan', 'lib/bunyan.js', Logger => {
    const { prototype, nameFromLevel } = Logger as unknown as {
      prototype: Holder;
      nameFromLevel: Record<number, string>;
    };
    watchEmit(prototype, nameFromLevel, options);
  });
}

function watchEmit(
  prototype: Holder,
  names: Readonly<Record<number, string>>,
  options: LoggerBridgeOptions,
): void {
  const original = prototype._emit as Method;
  const { _emit } = {
    _emit(this: unknown, ...args: unknown[]): unknown {
      const logged = args[0];
      // With a second argument it only asks for the line.
      if (ownWork.isRunning || args[1]) return apply(original, this, args);
      const seen = quietly(() => look(logged, names, options));
      const line = writing(() => apply(original, this, args));
      if (seen === undefined) return line;
      quietly(() => {
        const { moment, severityNumber, level } = seen;
        const own = parsed(typeof line === 'string' ? line : lineOf(this, original, logged));
        const content = jsonContent({ own, bindings: undefined, level }, ROLES, options);
        emitLogged(options, { scope: SCOPE, moment, severityNumber, callee: _emit, content });
      });
      return line;
    },
  };
  replaceMethod(prototype, '_emit', _emit);
}

interface Seen extends LevelSeverity {
  readonly moment: Moment;
}

// The level is what the program gave as a field of that name, if it did.
function look(
  logged: unknown,
  names: Readonly<Record<number, string>>,
  options: LoggerBridgeOptions,
): Seen | undefined {
  const given =
    typeof logged === 'object' && logged !== null ? dataProperty(logged, 'level') : undefined;
  const number = typeof given === 'number' ? given : undefined;
  const name = number === undefined ? undefined : names[number];
  const { severityNumber, level } = severityOfLevel(name, number);
  if (!options.wants(severityNumber)) return undefined;
  return { severityNumber, level, moment: momentOf(options) };
}

function writing<Result>(write: () => Result): Result {
  loggerOutput.depth++;
  try {
    return write();
  } finally {
    loggerOutput.depth--;
  }
}

// Where all streams are raw ones bunyan makes no line, but it can be asked for one.
function lineOf(logger: unknown, emit: Method, logged: unknown): string {
  return apply(emit, logger, [logged, true]) as string;
}

function parsed(line: string): Record<string, unknown> {
  const fields = parseJson(line) as Record<string, unknown>;
  for (let i = 0; i < FORMAT_KEYS.length; i++) delete fields[FORMAT_KEYS[i]!];
  return fields;
}
