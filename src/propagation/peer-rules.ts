/** Subnets by the word that stands for them. Not link-local ones: there the metadata of clouds is asked for. */
const SUBNETS: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};
const NAMES: Readonly<Record<string, RegExp>> = {
  loopback: /^(?:.+\.)?localhost$/,
  // A number is an address in disguise: 134744072 is 8.8.8.8.
  'single-label': /^(?!\d+$|0x[\da-f]*$)[\w-]+$/,
};
/** A host name, of which a `*` stands for any part. */
const HOST_GLOB = /^[\w*-]+(?:\.[\w*-]+)*$/;
const ADDRESS = /^[\da-f.:]+$/i;
const HAS_LETTER = /[a-z]/i;

/** What one word of `OTEL_REGISTER_PROPAGATE_TO` means. */
export interface PeerRule {
  /** `address/bits`, of addresses in any family. */
  readonly subnets: readonly string[];
  /** For host names in lower case. */
  readonly name?: RegExp | undefined;
  readonly isEverybody?: boolean;
}

/** undefined for what is none. */
export function parsePeer(text: string): PeerRule | undefined {
  const word = text.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (word === '*') return { subnets: [], isEverybody: true };
  if (Object.hasOwn(SUBNETS, word) || Object.hasOwn(NAMES, word)) {
    return { subnets: SUBNETS[word] ?? [], name: NAMES[word] };
  }
  const subnet = parseSubnet(word);
  if (subnet !== undefined) return { subnets: [subnet] };
  // Without a letter it would be half an address, which no name is like.
  if (!HOST_GLOB.test(word) || !HAS_LETTER.test(word)) return undefined;
  return { subnets: [], name: globPattern(word) };
}

function parseSubnet(word: string): string | undefined {
  const [address = '', bits, more] = word.split('/');
  if (!ADDRESS.test(address) || more !== undefined) return undefined;
  const family = isIP(address);
  if (family === 0) return undefined;
  const most = family === 4 ? 32 : 128;
  if (bits === undefined) return `${address}/${most}`;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? word : undefined;
}

function globPattern(glob: string): RegExp {
  const parts = glob.split('*').map(part => part.replace(/[.]/g, '\\.'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** Family of an address, 0 for none. Node's module is loaded when it is needed: few programs set a list. */
export function isIP(text: string): number {
  return process.getBuiltinModule('node:net').isIP(text);
}
