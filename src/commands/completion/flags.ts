import type { CommandEntry } from '../../cli.js';
import { HELP_OPTION, type Option, type Options } from '../arguments.js';

/** The options of a command, `--help` among them. */
export function optionsOf({ options }: CommandEntry): [name: string, option: Option][] {
  const all: Options = { ...options, ...HELP_OPTION };
  return Object.entries(all);
}

/** `-h --help` */
export function flags(options: readonly (readonly [string, Option])[]): string {
  return options.map(([name, { short }]) => `${short ? `-${short} ` : ''}--${name}`).join(' ');
}

/** Words to choose from, or none. */
export function wordsOf({ operands }: CommandEntry): readonly string[] {
  return Array.isArray(operands) ? operands : [];
}
