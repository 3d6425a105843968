import type { CommandEntry, Commands } from '../../cli.js';
import { GLOBAL_OPTIONS } from '../help.js';
import { flags, optionsOf, wordsOf } from './flags.js';

// For bash 3.2, too, which macOS has: neither `mapfile` nor `compopt`. An empty COMPREPLY is
// completed with names of files.
export function bashCompletion(commands: Commands): string {
  const first = [...Object.keys(commands), flags(Object.entries(GLOBAL_OPTIONS))].join(' ');
  return `_otel_register() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  local at=1 command options= valued= words= program=
  COMPREPLY=()
  while (( at < COMP_CWORD )) && [[ \${COMP_WORDS[at]} == -* ]]; do (( at += 1 )); done
  if (( at == COMP_CWORD )); then
    COMPREPLY=( $(compgen -W '${first}' -- "$cur") )
    return
  fi
  command=\${COMP_WORDS[at]}
  case $command in
${Object.entries(commands).map(settings).join('\n')}
  esac
  if [[ -n $program ]]; then
    for (( at += 1; at < COMP_CWORD; at += 1 )); do
      if [[ \${COMP_WORDS[at]} == -- ]]; then (( at += 1 )); break; fi
      if [[ \${COMP_WORDS[at]} != -* ]]; then break; fi
      if [[ " $valued " == *" \${COMP_WORDS[at]} "* ]]; then (( at += 1 )); fi
    done
    if (( at < COMP_CWORD )) && declare -F _command_offset >/dev/null; then
      _command_offset $at
      return
    fi
    if (( at < COMP_CWORD )); then return; fi
    if (( at == COMP_CWORD )) && [[ $cur != -* ]]; then
      COMPREPLY=( $(compgen -c -- "$cur") )
      return
    fi
  fi
  case "$command $prev" in
${Object.entries(commands).flatMap(choices).join('\n')}
  esac
  if [[ " $valued " == *" $prev "* ]]; then return; fi
  if [[ $cur == -* ]]; then
    COMPREPLY=( $(compgen -W "$options" -- "$cur") )
  else
    COMPREPLY=( $(compgen -W "$words" -- "$cur") )
  fi
}
complete -o bashdefault -o default -F _otel_register otel-register
`;
}

function settings([name, entry]: [string, CommandEntry]): string {
  const options = optionsOf(entry);
  const valued = options.filter(([, { type }]) => type === 'string');
  const program = entry.operands === 'program' ? ' program=1' : '';
  const words = wordsOf(entry).join(' ');
  return `    ${name}) options='${flags(options)}' valued='${flags(valued)}' words='${words}'${program} ;;`;
}

function choices([name, entry]: [string, CommandEntry]): string[] {
  return optionsOf(entry).flatMap(([option, { choices }]) =>
    choices === undefined
      ? []
      : `    '${name} --${option}') COMPREPLY=( $(compgen -W '${choices.join(' ')}' -- "$cur") ); return ;;`,
  );
}
