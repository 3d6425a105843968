import type { CommandEntry, Commands } from '../cli.js';
import { HELP_OPTION, type Options } from './arguments.js';

export const GLOBAL_OPTIONS = {
  help: { type: 'boolean', short: 'h', summary: 'print this, or after a command what it does' },
  version: { type: 'boolean', short: 'v', summary: 'print the version' },
} as const satisfies Options;

export function helpOfAll(commands: Commands): string {
  const list = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return `Usage: otel-register <command> [options]

Commands:
${table(list)}

Options:
${table(rows(GLOBAL_OPTIONS))}
`;
}

export function helpOf(name: string, { usage, about, summary, options }: CommandEntry): string {
  return `Usage: otel-register ${name}${usage ? ` ${usage}` : ''}

${about ?? `${summary[0]!.toUpperCase()}${summary.slice(1)}.`}

Options:
${table(rows({ ...options, ...HELP_OPTION }))}
`;
}

function rows(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { short, value, summary, choices }]) => [
    `${short ? `-${short}, ` : '    '}--${name}${value ? ` <${value}>` : ''}`,
    choices ? `${summary}: ${choices.join(', ')}` : summary,
  ]);
}

function table(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
