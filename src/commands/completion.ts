import type { Commands } from '../cli.js';
import { parseStrictly } from './arguments.js';
import { usageError } from './command-error.js';
import { bashCompletion } from './completion/bash.js';
import { fishCompletion } from './completion/fish.js';
import { zshCompletion } from './completion/zsh.js';
import { print } from './print.js';

const SHELLS: Readonly<Record<string, (commands: Commands) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Prints the script by which a shell completes `otel-register`, made from the table of commands. */
export async function completion(args: readonly string[], commands: Commands): Promise<number> {
  const [shell] = parseStrictly(args, {}, 1).operands;
  if (shell === undefined || !Object.hasOwn(SHELLS, shell)) {
    const given = shell === undefined ? '' : `, and not for "${shell}"`;
    throw usageError(`There are completions for ${Object.keys(SHELLS).join(', ')}${given}.`);
  }
  print(SHELLS[shell]!(commands));
  return 0;
}
