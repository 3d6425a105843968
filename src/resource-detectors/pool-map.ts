export interface PoolRule {
  /** In lower case, because host names are compared without it; `*` stands for any characters. */
  readonly pattern: string;
  readonly pool: string;
}

/** `gpu-heavy-*=heavy,fast-*=fast-lane`: the rules in order, and what could not be read. */
export function parsePoolMap(text: string): { readonly rules: PoolRule[]; readonly bad: string[] } {
  const rules: PoolRule[] = [];
  const bad: string[] = [];

  for (const part of text.split(',')) {
    const entry = part.trim();
    if (entry === '') continue;
    const [pattern = '', pool = '', ...rest] = entry.split('=').map(side => side.trim());
    if (pattern && pool && rest.length === 0) rules.push({ pattern: pattern.toLowerCase(), pool });
    else bad.push(entry);
  }
  return { rules, bad };
}

/** The pool of the first rule that fits the whole name. */
export function poolOfHostName(hostName: string, rules: readonly PoolRule[]): string | undefined {
  const name = hostName.toLowerCase();
  return rules.find(({ pattern }) => fits(name, pattern))?.pool;
}

// Not a regular expression: a pattern of many stars would make one backtrack.
function fits(name: string, pattern: string): boolean {
  const [head = '', ...tail] = pattern.split('*');
  const last = tail.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(head)) return false;

  let from = head.length;
  for (const middle of tail) {
    const at = name.indexOf(middle, from);
    if (at === -1) return false;
    from = at + middle.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
