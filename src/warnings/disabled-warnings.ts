import { setHas } from '../convert/intrinsics.js';

const FLAG = '--disable-warning';

let disabled: Set<unknown> | undefined;

/** Whether `--disable-warning` names it, by its code or by its type. */
export function isDisabledByName(warning: Error & { readonly code?: unknown }): boolean {
  disabled ??= readDisabled();
  return disabled.size > 0 && (setHas(disabled, warning.code) || setHas(disabled, warning.name));
}

function readDisabled(): Set<unknown> {
  const words = [...(process.env.NODE_OPTIONS?.split(/\s+/) ?? []), ...process.execArgv];
  const names = new Set<unknown>();
  for (const [index, word] of words.entries()) {
    if (word === FLAG) names.add(words[index + 1] ?? '');
    if (word.startsWith(`${FLAG}=`)) names.add(word.slice(FLAG.length + 1));
  }
  return names;
}
