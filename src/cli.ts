import type { Options } from './commands/arguments.js';
import { HELP_OPTION, parseLeading, parseStrictly } from './commands/arguments.js';
import { type CommandError, usageError, WRONG_USAGE } from './commands/command-error.js';
import { DOCTOR_OPTIONS } from './commands/doctor/options.js';
import { GLOBAL_OPTIONS, helpOf, helpOfAll } from './commands/help.js';
import { print } from './commands/print.js';
import { RUN_OPTIONS } from './commands/run/options.js';
import { VIEW_OPTIONS } from './commands/view/options.js';
import { nearestName } from './nearest-name.js';
import { packageVersion } from './package-version.js';

/**
 * One command of `otel-register`: gets what follows its name, prints results on stdout, returns
 * the exit code. Throws a `CommandError` when there is nothing else to say.
 */
export type Command = (args: readonly string[], packageFolder: string) => Promise<number>;

export interface CommandEntry {
  /** For the list in `--help`. */
  readonly summary: string;
  /** What follows its name. */
  readonly usage: string;
  /** In sentences. Default: the summary. */
  readonly about?: string;
  /** For `--help` and the completions of shells. */
  readonly options: Options;
  /** What its other arguments are, for the completions: a program and its arguments, or words. */
  readonly operands?: 'program' | 'files' | readonly string[];
  /** Each is a bundle of its own, loaded when asked for: see scripts/build.mjs. */
  readonly load: () => Promise<Command>;
}

export type Commands = Readonly<Record<string, CommandEntry>>;

const COMMANDS: Commands = {
  run: {
    summary: 'start a program with its logs exported, and end as it ends',
    usage: '[options] [--] <program> [arguments]',
    about: `Starts a program, any program, with the preload in NODE_OPTIONS, and ends as it ends: with the same
exit code, or by the same signal. Input, output and signals are the program's.`,
    options: RUN_OPTIONS,
    operands: 'program',
    load: async () => (await import('./commands/run.js')).run,
  },
  doctor: {
    summary: 'say whether records will arrive, and why not',
    usage: '[options] [program]',
    about: `Looks at the settings, at the way to the collector, and at what is installed around the program
(default: this folder), and logs one record, marked otel_register.doctor=true, by the real way.
Ends with 1 if records will not arrive.`,
    options: DOCTOR_OPTIONS,
    operands: 'files',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  view: {
    summary: 'receive logs on this machine, and show them in the browser',
    usage: '[options]',
    about: `Receives OTLP over HTTP (protobuf and JSON) on this machine, and shows it on a page in the browser.`,
    options: VIEW_OPTIONS,
    load: async () => (await import('./commands/view.js')).view,
  },
  completion: {
    summary: 'print a script that completes commands and options in a shell',
    usage: 'bash|zsh|fish',
    about: `For bash, in ~/.bashrc:          eval "$(otel-register completion bash)"
For zsh, in ~/.zshrc:            eval "$(otel-register completion zsh)"
For fish, in config.fish:        otel-register completion fish | source`,
    options: {},
    operands: ['bash', 'zsh', 'fish'],
    load: async () => {
      const { completion } = await import('./commands/completion.js');
      return async args => completion(args, COMMANDS);
    },
  },
  help: {
    summary: 'print what a command does',
    usage: '[command]',
    options: {},
    get operands() {
      return Object.keys(COMMANDS);
    },
    load: async () => help,
  },
};

/** @param packageFolder Absolute, holds `bin` and `dist`. */
export async function main(args: readonly string[], packageFolder: string): Promise<void> {
  const name = nameOf(args);
  try {
    process.exitCode = await runCommand(args, packageFolder);
  } catch (error) {
    // Commands are bundles of their own, each with its copy of the class: `instanceof` would not do.
    const { exitCode, message } = error as Partial<CommandError>;
    const hint =
      exitCode === WRONG_USAGE ? `\nTry "otel-register ${name ? `${name} ` : ''}--help".` : '';
    process.stderr.write(`otel-register: ${exitCode === undefined ? error : message}${hint}\n`);
    process.exitCode = exitCode ?? 1;
  }
}

async function runCommand(args: readonly string[], packageFolder: string): Promise<number> {
  const { values, rest } = parseLeading(args, GLOBAL_OPTIONS);
  if (values.version) print(`${packageVersion}\n`);
  else if (values.help) print(helpOfAll(COMMANDS));
  if (values.help || values.version) return 0;

  const [name, ...commandArgs] = rest;
  if (name === undefined) throw usageError('A command is missing.');
  const entry = find(name);
  if (wantsHelp(entry, commandArgs)) {
    print(helpOf(name, entry));
    return 0;
  }
  const command = await entry.load();
  return command(commandArgs, packageFolder);
}

// What stands behind a program's name is the program's.
function wantsHelp({ options, operands }: CommandEntry, args: readonly string[]): boolean {
  const known = { ...options, ...HELP_OPTION };
  if (operands === 'program') return parseLeading(args, known).values.help === true;
  return parseStrictly(args, known, Infinity).values.help === true;
}

async function help(args: readonly string[], packageFolder: string): Promise<number> {
  const [name, ...more] = args;
  if (more.length > 0) throw usageError(`There is nothing to do with "${more[0]}".`);
  if (name === undefined) {
    print(helpOfAll(COMMANDS));
    return 0;
  }
  find(name);
  return runCommand([name, '--help'], packageFolder);
}

function find(name: string): CommandEntry {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]!;
  const near = nearestName(name, Object.keys(COMMANDS));
  const hint = near === undefined ? '' : `; "${near}" is the nearest there is`;
  if (Object.hasOwn(GLOBAL_OPTIONS, name))
    throw usageError(`There is no command "${name}": it is --${name}.`);
  throw usageError(`There is no command "${name}"${hint}.`);
}

/** Of the command, if it is one that has more to say: for the hint behind a mistake. */
function nameOf(args: readonly string[]): string | undefined {
  const name = args.find(arg => !arg.startsWith('-'));
  return name !== undefined && name !== 'help' && Object.hasOwn(COMMANDS, name) ? name : undefined;
}
