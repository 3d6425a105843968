import type { CommandEntry, Commands } from '../../cli.js';
import { GLOBAL_OPTIONS } from '../help.js';
import { flags, optionsOf, wordsOf } from './flags.js';

// For bash 3.2, too, which macOS has: neither `mapfile` nor `compopt`. An empty COMPREPLY is
// completed with names of files. To bash, `=` and `:` are words of their own: `--level=warn` is
// three, and so is `http://localhost`.
export function bashCompletion(commands: Commands): string {
  const first = [...Object.keys(commands), flags(Object.entries(GLOBAL_OPTIONS))].join(' ');
  return `_otel_register() {
  local cur=\${COMP_WORDS[COMP_CWORD]}
  local at=1 command word options= valued= words= program= ended=
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
${OPTIONS_READ}
    if (( at > COMP_CWORD )); then
      if [[ $cur == = ]]; then cur=; fi
      case "$command $word" in
${Object.entries(commands).flatMap(choices).join('\n')}
      esac
      return
    fi
  done
${PROGRAM_COMPLETED}
  if [[ $cur == -* ]]; then
    COMPREPLY=( $(compgen -W "$options" -- "$cur") )
  else
    COMPREPLY=( $(compgen -W "$words" -- "$cur") )
  fi
}
complete -o bashdefault -o default -F _otel_register otel-register
`;
}

/** Up to the program, or to the word that is typed; `at` is beyond that where it is a value. */
const OPTIONS_READ = `  (( at += 1 ))
  while (( at < COMP_CWORD )); do
    word=\${COMP_WORDS[at]}
    if [[ -n $program && ( $word != -* || $word == -- ) ]]; then break; fi
    (( at += 1 ))
    if [[ $word == -* && \${COMP_WORDS[at]} == = ]]; then (( at += 2 ))
    elif [[ " $valued " == *" $word "* ]]; then (( at += 1 ))
    else continue
    fi
    while (( at <= COMP_CWORD )) && [[ \${COMP_WORDS[at]} == [:=]* ]]; do (( at += 2 )); done`;

const PROGRAM_COMPLETED = `  if [[ -n $program ]]; then
    if (( at < COMP_CWORD )) && [[ \${COMP_WORDS[at]} == -- ]]; then (( at += 1 )); ended=1; fi
    if (( at < COMP_CWORD )); then
      if declare -F _command_offset >/dev/null; then _command_offset $at; fi
      return
    fi
    if [[ -n $ended || $cur != -* ]]; then
      COMPREPLY=( $(compgen -c -- "$cur") )
      return
    fi
  fi`;

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
      : `        '${name} --${option}') COMPREPLY=( $(compgen -W '${choices.join(' ')}' -- "$cur") ) ;;`,
  );
}
