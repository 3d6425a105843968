import type { BlockList } from 'node:net';
import { isIP, type PeerRule, parsePeer } from './peer-rules.js';

/** Hosts whose verdict is remembered: a crawler asks for more than memory should hold. */
const MAX_REMEMBERED = 1_000;

/** Of a name in DNS; an address is shorter, unless its zone makes it longer. */
const MAX_LENGTH = 255;

/** Programs of one's own: what is bound to a record may be told to them, and believed of them. */
export class Peers {
  readonly #rules: readonly PeerRule[];
  readonly #remembered = new Map<string, boolean>();
  #subnets: BlockList | undefined;

  /** @param words As `OTEL_REGISTER_PROPAGATE_TO` has them. */
  constructor(words: readonly string[]) {
    this.#rules = words.map(parsePeer).filter(rule => rule !== undefined);
  }

  /**
   * By the name alone: what it resolves to is not looked up.
   *
   * @param host A name or an address, with or without brackets, without a port.
   */
  allows(host: string): boolean {
    if (host.length > MAX_LENGTH) return false;
    const known = this.#remembered.get(host);
    if (known !== undefined) return known;
    const verdict = this.#judge(host.toLowerCase().replace(/^\[|\]$|\.$/g, ''));
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(host, verdict);
    return verdict;
  }

  /** As `allows`, and a name is nobody. */
  allowsAddress(address: string): boolean {
    return isIP(address) !== 0 && this.allows(address);
  }

  #judge(host: string): boolean {
    if (host === '') return false;
    if (this.#rules.some(({ isEverybody }) => isEverybody)) return true;
    const family = isIP(host);
    if (family !== 0) return this.#subnetList().check(host, family === 4 ? 'ipv4' : 'ipv6');
    return /^[\w.-]+$/.test(host) && this.#rules.some(({ name }) => name?.test(host));
  }

  #subnetList(): BlockList {
    if (this.#subnets !== undefined) return this.#subnets;
    const { BlockList } = process.getBuiltinModule('node:net');
    const list = new BlockList();
    for (const subnet of this.#rules.flatMap(({ subnets }) => subnets)) {
      const [address, bits] = subnet.split('/') as [string, string];
      list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
    }
    this.#subnets = list;
    return list;
  }
}
