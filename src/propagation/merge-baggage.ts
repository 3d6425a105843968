/** In all, as the specification has it. https://www.w3.org/TR/baggage/#limits */
const MAX_BYTES = 8192;
const MAX_MEMBERS = 64;

/** What may be written to a header. */
const PRINTABLE = /^[\t\x20-\x7e]*$/;

/** All of `first` as it is, and what is in the others by names not yet there, as long as there is room. */
export function mergeBaggage(first: string, ...others: readonly string[]): string {
  const members = membersOf(first);
  const names = new Set(members.map(nameOf));
  let merged = first;
  for (const member of others.flatMap(membersOf)) {
    const name = nameOf(member);
    const longer = merged === '' ? member : `${merged},${member}`;
    if (names.has(name) || members.length >= MAX_MEMBERS) continue;
    if (!PRINTABLE.test(member) || Buffer.byteLength(longer) > MAX_BYTES) continue;
    names.add(name);
    members.push(member);
    merged = longer;
  }
  return merged;
}

/** What is left of a header, as it is. */
export function withoutMembers(header: string, names: readonly string[]): string {
  return membersOf(header)
    .filter(member => !names.includes(nameOf(member)))
    .join(',');
}

function membersOf(header: string): string[] {
  return header
    .split(',')
    .map(member => member.trim())
    .filter(member => member.includes('='));
}

function nameOf(member: string): string {
  return member.slice(0, member.indexOf('=')).trim();
}
