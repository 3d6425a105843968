import { type ParseArgsConfig, parseArgs } from 'node:util';
import { usageError } from './command-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/**
 * Reads options up to the first argument that is none, or up to `--`. What follows is somebody
 * else's, and left as it is.
 */
export function parseLeading(
  args: readonly string[],
  options: Options,
): { readonly values: Values; readonly rest: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind !== 'option');
  const at = end?.index ?? args.length;
  return {
    values: parseStrictly(args.slice(0, at), options),
    rest: args.slice(end?.kind === 'option-terminator' ? at + 1 : at),
  };
}

function parseStrictly(args: string[], options: Options): Values {
  try {
    return parseArgs({ args, options }).values as Values;
  } catch (error) {
    const { message } = error as Error;
    // The rest of Node's message explains positional arguments.
    throw usageError(`${message.split('. ', 1)[0]!.replace(/\.$/, '')}.`, error);
  }
}
