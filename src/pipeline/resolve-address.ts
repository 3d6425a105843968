import { Resolver, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/**
 * `getaddrinfo` runs on libuv's thread pool, which the application may have filled with hours of
 * crypto. c-ares does not, but knows no `/etc/hosts` search order: it is asked when the system is late.
 */
const SYSTEM_LOOKUP_PATIENCE_MS = 300;

type Addresses = readonly { readonly address: string; readonly family: number }[];

const LOCALHOST: Addresses = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Resolves a host once and keeps the answer until `forget()`. */
export class AddressResolver {
  #known: { readonly hostname: string; readonly addresses: Addresses } | undefined;

  /** After a failed connection: the collector may have moved. */
  forget(): void {
    this.#known = undefined;
  }

  /** For the `lookup` option of sockets. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.#resolve(hostname, (error, addresses) => {
      if (error !== null) callback(error, '', 0);
      else if (options.all) callback(null, [...addresses]);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

  #resolve(
    hostname: string,
    callback: (error: NodeJS.ErrnoException | null, addresses: Addresses) => void,
  ): void {
    const known = this.#known;
    if (hostname === 'localhost') callback(null, LOCALHOST);
    else if (known?.hostname === hostname) callback(null, known.addresses);
    else this.#ask(hostname, callback);
  }

  #ask(
    hostname: string,
    callback: (error: NodeJS.ErrnoException | null, addresses: Addresses) => void,
  ): void {
    let isAnswered = false;
    const answer = (error: NodeJS.ErrnoException | null, addresses: Addresses) => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(late);
      if (error === null) this.#known = { hostname, addresses };
      callback(error, addresses);
    };
    const late = setTimeout(() => {
      new Resolver().resolve4(hostname, (error, addresses) => {
        // The system's answer is still awaited, whatever c-ares does not know.
        if (error === null && addresses.length > 0) {
          answer(
            null,
            addresses.map(address => ({ address, family: 4 })),
          );
        }
      });
    }, SYSTEM_LOOKUP_PATIENCE_MS);
    systemLookup(hostname, { all: true }, (error, addresses) => answer(error, addresses));
  }
}
