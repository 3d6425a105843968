// The header `baggage`: `key=value;property, key2=value2`, values percent-encoded.
// https://www.w3.org/TR/baggage/#baggage-http-header-format

/** In all, as the specification has it. */
const MAX_BYTES = 8192;
const MAX_ENTRIES = 64;
/** Of one value: an id is shorter, and what is longer is no id. */
const MAX_VALUE_LENGTH = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Names and values; what is no entry, or beyond the limits, is left out. */
export function parseBaggage(header: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const member of header.slice(0, MAX_BYTES).split(',', MAX_ENTRIES)) {
    const value = decoded(/=([^;]*)/.exec(member)?.[1]?.trim() ?? '');
    if (isFit(value)) entries.set(keyOf(member), value);
  }
  return entries;
}

/** One entry of the header; undefined for a value that cannot go. */
export function baggageEntry(key: string, value: unknown): string | undefined {
  const text = String(value);
  if (!isFit(text)) return undefined;
  try {
    return `${key}=${encodeURIComponent(text)}`;
  } catch {
    // Half of a pair of surrogates.
    return undefined;
  }
}

/** All of `first` as it is, and what is in the others by names not yet there, as long as there is room. */
export function mergeBaggage(first: string, ...others: readonly string[]): string {
  const members = membersOf(first);
  const keys = new Set(members.map(keyOf));
  let merged = first;
  for (const member of others.flatMap(membersOf)) {
    const key = keyOf(member);
    const longer = merged === '' ? member : `${merged},${member}`;
    if (keys.has(key) || members.length >= MAX_ENTRIES) continue;
    if (Buffer.byteLength(longer) > MAX_BYTES) continue;
    keys.add(key);
    members.push(member);
    merged = longer;
  }
  return merged;
}

function membersOf(header: string): string[] {
  return header
    .split(',')
    .map(member => member.trim())
    .filter(member => member.includes('='));
}

function keyOf(member: string): string {
  return member.slice(0, member.indexOf('=')).trim();
}

function isFit(value: string | undefined): value is string {
  return (
    value !== undefined && value !== '' && value.length <= MAX_VALUE_LENGTH && !CONTROL.test(value)
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
