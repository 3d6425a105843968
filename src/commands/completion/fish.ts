import type { CommandEntry, Commands } from '../../cli.js';
import type { Option } from '../arguments.js';
import { GLOBAL_OPTIONS } from '../help.js';
import { optionsOf, wordsOf } from './flags.js';

export function fishCompletion(commands: Commands): string {
  const first = "-n '__fish_use_subcommand'";
  const lines = [
    // What a command takes besides its options is said below.
    'complete -c otel-register -f',
    ...Object.entries(GLOBAL_OPTIONS).map(option => line(first, option)),
    ...Object.entries(commands).map(
      ([name, { summary }]) =>
        `complete -c otel-register ${first} -a ${name} -d ${quoted(summary)}`,
    ),
    ...Object.entries(commands).flatMap(linesOf),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf([name, entry]: [string, CommandEntry]): string[] {
  const condition = `-n '__fish_seen_subcommand_from ${name}'`;
  return [
    ...optionsOf(entry).map(option => line(condition, option)),
    `complete -c otel-register ${condition} ${operands(entry)}`,
  ];
}

function operands(entry: CommandEntry): string {
  if (entry.operands === 'program') return `-xa '(__fish_complete_subcommand --fcs-skip=2)'`;
  const words = wordsOf(entry);
  return words.length > 0 ? `-xa ${quoted(words.join(' '))}` : '-F';
}

function line(condition: string, [name, option]: [string, Option]): string {
  const { short, type, choices, summary } = option;
  const flags = `${short ? `-s ${short} ` : ''}-l ${name}`;
  const value = type === 'boolean' ? '' : choices ? ` -xa ${quoted(choices.join(' '))}` : ' -x';
  return `complete -c otel-register ${condition} ${flags}${value} -d ${quoted(summary)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
