import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestName } from '../nearest-name.js';
import { usageError } from './command-error.js';

/** What `--help` and the completions of shells say of an option. */
export interface Option extends ReadOption {
  readonly summary: string;
}

/** What is needed to read one. */
interface ReadOption {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** Name of its value, in the list of options: it has to have one. */
  readonly value?: string;
  /** All that the value can be, in any case of letters. */
  readonly choices?: readonly string[];
  /** Its value is itself made of options. */
  readonly takesDashes?: true;
}

export type Options = Readonly<Record<string, Option>>;
type ReadOptions = Readonly<Record<string, ReadOption>>;
type Values = Readonly<Record<string, string | boolean | undefined>>;

export const HELP_OPTION = {
  help: { type: 'boolean', short: 'h', summary: 'print this' },
} as const satisfies Options;

/**
 * Reads options up to the first argument that is none, or up to `--`. What follows is somebody
 * else's, and left as it is.
 */
export function parseLeading(
  args: readonly string[],
  options: ReadOptions,
): { readonly values: Values; readonly rest: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: forNode(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind !== 'option');
  const at = end?.index ?? args.length;
  const { values } = parseStrictly(args.slice(0, at), options, 0);
  return { values, rest: args.slice(end?.kind === 'option-terminator' ? at + 1 : at) };
}

/** Reads options wherever they stand, and at most so many other arguments. */
export function parseStrictly(
  args: readonly string[],
  options: ReadOptions,
  maxOperands: number,
): { readonly values: Values; readonly operands: readonly string[] } {
  const { values, positionals } = parse([...args], options);
  const tooMany = positionals[maxOperands];
  if (tooMany !== undefined) throw usageError(`There is nothing to do with "${tooMany}".`);
  for (const [name, value] of Object.entries(values)) checkValue(name, value, options[name]!);
  return { values, operands: positionals };
}

function parse(args: string[], options: ReadOptions) {
  try {
    const joined = joinValues(args, options);
    const parsed = parseArgs({ args: joined, options: forNode(options), allowPositionals: true });
    return { values: parsed.values as Values, positionals: parsed.positionals };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // The rest of Node's message explains positional arguments.
    const [fault = ''] = message.split(/\.\s/, 1);
    const hint = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? suggestion(fault, options) : '';
    throw usageError(`${fault.replace(/\.$/, '')}${hint}.`, error);
  }
}

// To Node, a value that begins with a dash is one that was forgotten.
function joinValues(args: readonly string[], options: ReadOptions): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const takesNext = options[arg.slice(2)]?.takesDashes && arg.startsWith('--');
    joined.push(takesNext && i + 1 < args.length ? `${arg}=${args[++i]}` : arg);
  }
  return joined;
}

function checkValue(name: string, value: unknown, option: ReadOption): void {
  const { choices } = option;
  if (value === '' && option.value !== undefined) throw usageError(`--${name} needs a value.`);
  if (choices === undefined || choices.includes(String(value).toLowerCase())) return;
  throw usageError(`--${name} is "${value}", and not one of ${choices.join(', ')}.`);
}

function suggestion(fault: string, options: ReadOptions): string {
  const [, given = ''] = /'--([^']+)'/.exec(fault) ?? [];
  const near = nearestName(given, Object.keys(options));
  return near === undefined ? '' : `; --${near} is the nearest that is known`;
}

function forNode(options: ReadOptions): NonNullable<ParseArgsConfig['options']> {
  const entries = Object.entries(options);
  return Object.fromEntries(
    entries.map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
  );
}
