import { parseLeading } from './commands/arguments.js';
import { type CommandError, usageError } from './commands/command-error.js';
import { packageVersion } from './package-version.js';

/**
 * One command of `otel-register`: gets what follows its name, prints results on stdout, returns
 * the exit code. Throws a `CommandError` when there is nothing else to say.
 */
export type Command = (args: readonly string[], packageFolder: string) => Promise<number>;

interface CommandEntry {
  /** For the list in `--help`. */
  readonly summary: string;
  /** Each is a bundle of its own, loaded when asked for: see scripts/build.mjs. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  run: {
    summary: 'start a program with its logs exported, and end as it ends',
    load: async () => (await import('./commands/run.js')).run,
  },
  view: {
    summary: 'receive logs on this machine, and show them in the browser',
    load: async () => (await import('./commands/view.js')).view,
  },
};

/** @param packageFolder Absolute, holds `bin` and `dist`. */
export async function main(args: readonly string[], packageFolder: string): Promise<void> {
  try {
    process.exitCode = await runCommand(args, packageFolder);
  } catch (error) {
    // Commands are bundles of their own, each with its copy of the class: `instanceof` would not do.
    const { exitCode, message } = error as Partial<CommandError>;
    process.stderr.write(`otel-register: ${exitCode === undefined ? error : message}
`);
    process.exitCode = exitCode ?? 1;
  }
}

async function runCommand(args: readonly string[], packageFolder: string): Promise<number> {
  const { values, rest } = parseLeading(args, {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  if (values.help || values.version) {
    process.stdout.write(values.help ? help() : `${packageVersion}\n`);
    return 0;
  }

  const [name, ...commandArgs] = rest;
  if (name === undefined) throw usageError('A command is missing.');
  if (!Object.hasOwn(COMMANDS, name)) throw usageError(`There is no command "${name}".`);
  const command = await COMMANDS[name]!.load();
  return command(commandArgs, packageFolder);
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
  const list = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Usage: otel-register <command> [options]

Commands:
${list.join('\n')}

Options:
  -h, --help     print this, or after a command what it does
  -v, --version  print the version
`;
}
