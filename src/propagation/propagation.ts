import type { PropagationConfig } from '../config/propagation.js';
import type { LogContext } from '../context/log-context.js';
import { beforeHead } from '../http/before-head.js';
import { type OutgoingRequest, replaceHeader, valuesOfHeader } from '../http/outgoing-headers.js';
import { formatMembers, parseMembers } from './baggage-members.js';
import { type FetchRequest, replaceFetchHeader, valuesOfFetchHeader } from './fetch-headers.js';
import { mergeBaggage, withoutMembers } from './merge-baggage.js';
import { comesFrom, type ReceivedRequest } from './origin.js';
import { Peers } from './peers.js';
import { ToldBaggage } from './told-baggage.js';

const NAME = 'baggage';
/** Of one value: an id is shorter, and what is longer is no id. */
const MAX_VALUE_LENGTH = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]/;
const URL_WITH_HOST = /^[a-z][a-z\d+.-]*:\/\//i;

interface ClientRequest extends OutgoingRequest {
  readonly host?: unknown;
  readonly path?: unknown;
}

/**
 * Log context on its way to and from other programs: customers' ids must not leave for a third
 * party's API, and a stranger must not make them up.
 */
export class Propagation {
  readonly #keys: readonly string[];
  readonly #peers: Peers;
  readonly #context: LogContext;
  readonly #told = new ToldBaggage();

  constructor({ keys, peers }: PropagationConfig, context: LogContext) {
    this.#keys = keys;
    this.#peers = new Peers(peers);
    this.#context = context;
  }

  /** Whether the baggage of a request is believed. */
  mayReadFrom(request: ReceivedRequest): boolean {
    return comesFrom(this.#peers, request);
  }

  /** What a request brought along; undefined for nothing. */
  fieldsOf(request: ReceivedRequest): Record<string, string> | undefined {
    const header = request.headers[NAME];
    if (typeof header !== 'string' || !this.mayReadFrom(request)) return undefined;
    const fields: Record<string, string> = {};
    for (const { name, value } of parseMembers(header)) {
      if (this.#keys.includes(name) && isFit(value)) fields[name] = value;
    }
    this.#told.remember(header, withoutMembers(header, this.#keys));
    return fields;
  }

  /**
   * Lets the context of here and now go along with a request of `node:http` that was not yet sent.
   *
   * @param inherited The same header, of the trace that it belongs to.
   */
  toRequest(object: object, inherited = ''): void {
    const own = this.#header();
    if (own === '' && inherited === '' && this.#told.isEmpty) return;
    const request = object as ClientRequest;
    const hosts = [request.host, ...valuesOfHeader(request, 'host').map(withoutPort)];
    if (!this.#mayGo(hosts, request.path)) this.#keepFromStranger(request);
    else {
      const given = valuesOfHeader(request, NAME).join(',');
      const merged = this.#merge(given, own, inherited);
      if (merged !== given) replaceHeader(request, NAME, merged);
    }
  }

  /** The same, of `fetch` and undici. */
  toFetch(request: FetchRequest, inherited = ''): void {
    const own = this.#header();
    if (own === '' && inherited === '' && this.#told.isEmpty) return;
    const named = [...valuesOfFetchHeader(request, 'host'), request.host ?? ''].filter(Boolean);
    const hosts = [hostOf(String(request.origin)), ...named.map(withoutPort)];
    const given = valuesOfFetchHeader(request, NAME).join(',');
    const header = this.#mayGo(hosts, request.path)
      ? this.#merge(given, own, inherited)
      : this.#told.withoutOurs(given);
    if (header !== given) replaceFetchHeader(request, NAME, header);
  }

  #merge(given: string, own: string, inherited: string): string {
    const merged = mergeBaggage(given, own, inherited);
    if (merged !== given) this.#told.remember(merged, given);
    return merged;
  }

  // Now, for a head that is rendered already, and as it is rendered: superagent sets what it has
  // copied after it has made the request.
  #keepFromStranger(request: ClientRequest): void {
    if (this.#told.isEmpty) return;
    const clean = () => {
      const given = valuesOfHeader(request, NAME).join(',');
      const left = this.#told.withoutOurs(given);
      if (left !== given) replaceHeader(request, NAME, left);
    };
    clean();
    beforeHead(request, clean);
  }

  // Each that the request names: the one connected to may be a proxy of the one it is for.
  #mayGo(hosts: readonly unknown[], path: unknown): boolean {
    const isForUrl = typeof path === 'string' && URL_WITH_HOST.test(path);
    const all = isForUrl ? [...hosts, hostOf(path)] : hosts;
    return all.every(host => typeof host === 'string' && this.#peers.allows(host));
  }

  #header(): string {
    const fields = this.#context.current();
    if (fields === undefined) return '';
    const members = this.#keys
      .filter(key => fields.keys.includes(key))
      .map(name => ({ name, value: String(fields.values[fields.keys.indexOf(name)]) }));
    return formatMembers(members.filter(({ value }) => isFit(value)));
  }
}

function isFit(value: string): boolean {
  return value !== '' && value.length <= MAX_VALUE_LENGTH && !CONTROL.test(value);
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname;
  } catch {
    return undefined;
  }
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d*$/, '');
}
