import type { CommandEntry, Commands } from '../../cli.js';
import type { Option } from '../arguments.js';
import { GLOBAL_OPTIONS } from '../help.js';
import { optionsOf, wordsOf } from './flags.js';

// Not a local named `commands`: it would hide zsh's own table, by which programs are completed.
export function zshCompletion(commands: Commands): string {
  const list = Object.entries(commands).map(
    ([name, { summary }]) => `    ${quoted(`${name}:${summary}`)}`,
  );
  return `#compdef otel-register
_otel_register() {
  local -a otel_commands
  otel_commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then
      _arguments ${Object.entries(GLOBAL_OPTIONS).flatMap(specs).join(' ')}
    else
      _describe command otel_commands
    fi
    return
  fi
  shift words
  (( CURRENT -= 1 ))
  case $words[1] in
${Object.entries(commands).map(arguments_).join('\n')}
  esac
}
if [[ $funcstack[1] == _otel_register ]]; then
  _otel_register "$@"
else
  compdef _otel_register otel-register
fi
`;
}

function arguments_([name, entry]: [string, CommandEntry]): string {
  const options = optionsOf(entry).flatMap(specs);
  // What stands behind a program is completed as if it stood alone.
  const flags = entry.operands === 'program' ? `-S -A '-*' ` : '';
  return `    ${name}) _arguments ${flags}${[...options, operands(entry)].join(' ')} ;;`;
}

function operands(entry: CommandEntry): string {
  if (entry.operands === 'program')
    return `'(-)1:program:_command_names -e' '*::arguments:_normal'`;
  const words = wordsOf(entry);
  return words.length > 0 ? quoted(`:word:(${words.join(' ')})`) : `'*:file:_files'`;
}

function specs([name, { short, summary, value, choices }]: [string, Option]): string[] {
  const values = choices ? `(${choices.join(' ')})` : value === 'file' ? '_files' : '';
  const argument = value === undefined ? '' : `:${value}:${values}`;
  // Behind it, or as the next word.
  const sign = value === undefined ? '' : '=';
  const text = `[${summary.replace(/[[\]:]/g, '\\$&')}]${argument}`;
  return [`--${name}${sign}`, ...(short ? [`-${short}`] : [])].map(flag => quoted(flag + text));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
