// `name=value;property, name2=value2`, in a header as in whatever else carries it.
// https://www.w3.org/TR/baggage/#baggage-http-header-format

/** What others accept at least. https://www.w3.org/TR/baggage/#limits */
const MAX_LENGTH = 8192;
const MAX_MEMBERS = 64;
const MAX_MEMBER_LENGTH = 4096;

/** RFC 7230 `token`: no other name can be written. */
const NAME = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** What a header may hold, without what ends a member. */
const METADATA = /^[\t\x20-\x2b\x2d-\x7e]*$/;

/** One `name=value`, as text; what follows it is opaque to us. */
export interface BaggageMember {
  readonly name: string;
  readonly value: string;
  /** Properties, as they came. */
  readonly metadata?: string | undefined;
}

/** Whether there can be a member of that name. */
export function isMemberName(name: string): boolean {
  return NAME.test(name);
}

/** Whatever does not fit, or cannot be written, is left out: rather whole members than half of one. */
export function formatMembers(members: Iterable<BaggageMember>): string {
  let text = '';
  let count = 0;
  for (const { name, value, metadata } of members) {
    if (!isMemberName(name) || count >= MAX_MEMBERS) continue;
    const encoded = attemptText(encodeURIComponent, value);
    if (encoded === undefined) continue;
    const properties = metadata && METADATA.test(metadata) ? `;${metadata}` : '';
    const member = `${name}=${encoded}${properties}`;
    const next = text === '' ? member : `${text},${member}`;
    if (member.length > MAX_MEMBER_LENGTH || next.length > MAX_LENGTH) continue;
    text = next;
    count += 1;
  }
  return text;
}

/** Members that are none, or beyond the limits, are left out. */
export function parseMembers(text: unknown): readonly BaggageMember[] {
  if (typeof text !== 'string') return [];
  const members: BaggageMember[] = [];
  for (const part of withinLimits(text).split(',', MAX_MEMBERS)) {
    const [pair = '', ...properties] = part.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const value = attemptText(decodeURIComponent, pair.slice(at + 1).trim());
    if (at < 1 || !isMemberName(name) || value === undefined) continue;
    const metadata = properties.join(';').trim();
    const isFit = metadata !== '' && METADATA.test(metadata);
    members.push({ name, value, metadata: isFit ? metadata : undefined });
  }
  return members;
}

// Half of a member would be another value.
function withinLimits(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf(',', MAX_LENGTH)));
}

// Both throw: at half a surrogate pair, at a percent sign that encodes nothing.
function attemptText(code: (text: string) => string, text: string): string | undefined {
  try {
    return code(text);
  } catch {
    return undefined;
  }
}
