import type { Holder, Method } from '../console/patch.js';
import { claimException } from '../convert/exception.js';
import { errorFields, furtherFields } from '../convert/fields.js';
import { apply } from '../convert/intrinsics.js';
import { Budget } from '../convert/limits.js';
import { isError, isPlainData } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import { exceptionOfText } from '../convert/stack-text.js';
import { LogFields, type LoggedContent, type LoggedException, namedScope } from '../log-record.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { ownWork, quietly } from '../own-work.js';
import { DEBUG } from '../severity.js';
import { claimLine } from './claimed-line.js';
import { formattedText } from './formatted-text.js';
import { emitLogged, type LoggerBridgeOptions, momentOf } from './logger-bridge.js';

const SCOPE = namedScope('debug');

/**
 * Makes a DEBUG record of each call of the package `debug` whose namespace is enabled: only then it
 * has its arguments formatted. Nothing of the program runs for it.
 */
export function bridgeDebug(options: LoggerBridgeOptions): void {
  onPackageLoad('debug', 'src/node.js', createDebug => watchFormat(createDebug as Holder, options));
}

function watchFormat(createDebug: Holder, options: LoggerBridgeOptions): void {
  const original = createDebug.formatArgs as Method;
  const { formatArgs } = {
    formatArgs(this: unknown, ...args: unknown[]): unknown {
      if (ownWork.isRunning) return apply(original, this, args);
      const logged = args[0] as unknown[];
      quietly(() => {
        if (!options.wants(DEBUG)) return;
        const { namespace } = this as { namespace?: unknown };
        emitLogged(options, {
          scope: SCOPE,
          moment: momentOf(options),
          severityNumber: DEBUG,
          callee: formatArgs,
          content: contentOf(logged, namespace, options),
        });
      });
      const result = apply(original, this, args);
      // Where the program has debug print through the console, this is no line of its own.
      claimLine(logged[0]);
      return result;
    },
  };
  replaceMethod(createDebug, 'formatArgs', formatArgs);
}

function contentOf(
  args: readonly unknown[],
  namespace: unknown,
  options: LoggerBridgeOptions,
): LoggedContent {
  const budget = new Budget(options, true);
  const attributes = new LogFields();
  attributes.add('namespace', budget.text(`${namespace}`));
  const { text, rest } = formattedText(args, budget);
  for (let i = 0; i < rest.length; i++) {
    const value = rest[i];
    if (isError(value)) claimException(value, budget);
    else if (isPlainData(value)) furtherFields(value, budget, attributes);
  }
  if (budget.error !== undefined) errorFields(budget.error, budget, attributes);
  return {
    body: plainText(budget.longText(text)),
    attributes,
    exception: budget.exception ?? loneError(args, budget),
    isTruncated: budget.isTruncated,
    droppedAttributes: budget.droppedAttributes,
  };
}

// By then debug has made a text of it.
function loneError(args: readonly unknown[], budget: Budget): LoggedException | undefined {
  const only = args[0];
  return args.length === 1 && typeof only === 'string' ? exceptionOfText(only, budget) : undefined;
}
