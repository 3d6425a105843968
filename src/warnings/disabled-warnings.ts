const FLAG = '--disable-warning';

let disabled: ReadonlySet<unknown> | undefined;

/** Whether `--disable-warning` names it, by its code or by its type. */
export function isDisabledByName(warning: Error & { readonly code?: unknown }): boolean {
  disabled ??= readDisabled();
  return disabled.size > 0 && (disabled.has(warning.code) || disabled.has(warning.name));
}

function readDisabled(): ReadonlySet<string> {
  const words = [...(process.env.NODE_OPTIONS?.split(/\s+/) ?? []), ...process.execArgv];
  const names = new Set<string>();
  for (const [index, word] of words.entries()) {
    if (word === FLAG) names.add(words[index + 1] ?? '');
    if (word.startsWith(`${FLAG}=`)) names.add(word.slice(FLAG.length + 1));
  }
  return names;
}
