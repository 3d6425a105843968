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
  // Not `__fish_seen_subcommand_from`: what is behind a program, or is a file, may have the same name.
  const condition = `-n 'contains -- ${name} (commandline -opc)[2]'`;
  return [
    ...optionsOf(entry).map(option => line(condition, option)),
    `complete -c otel-register ${condition} ${operands(entry)}`,
  ];
}

function operands(entry: CommandEntry): string {
  if (entry.operands === 'program') return `-xa '(__fish_complete_subcommand ${skipping(entry)})'`;
  const words = wordsOf(entry);
  return words.length > 0 ? `-xa ${quoted(words.join(' '))}` : '-F';
}

// Two words and the values of options stand before the program. The function drops options that come
// first, so a word of no use, `-`, does.
function skipping(entry: CommandEntry): string {
  const valued = optionsOf(entry).filter(([, { type }]) => type === 'string');
  return ['--fcs-skip=2', '-', ...valued.map(([name]) => `--${name}`)].join(' ');
}

function line(condition: string, [name, option]: [string, Option]): string {
  const { short, type, choices, summary } = option;
  const flags = `${short ? `-s ${short} ` : ''}-l ${name}`;
  const value =
    type === 'boolean'
      ? ''
      : choices
        ? ` -xa ${quoted(choices.join(' '))}`
        : option.value === 'file'
          ? ' -rF'
          : ' -x';
  return `complete -c otel-register ${condition} ${flags}${value} -d ${quoted(summary)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
