import type { PropagationConfig } from '../config/propagation.js';
import type { LogContext } from '../context/log-context.js';
import { type OutgoingRequest, replaceHeader, valuesOfHeader } from '../http/outgoing-headers.js';
import { baggageEntry, mergeBaggage, parseBaggage } from './baggage.js';
import { type FetchRequest, replaceFetchHeader, valuesOfFetchHeader } from './fetch-headers.js';
import { comesFrom, type ReceivedRequest } from './origin.js';
import { Peers } from './peers.js';

const NAME = 'baggage';
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
    const entries = parseBaggage(header);
    const fields: Record<string, string> = {};
    for (const key of this.#keys) {
      const value = entries.get(key);
      if (value !== undefined) fields[key] = value;
    }
    return fields;
  }

  /**
   * Lets the context of here and now go along with a request of `node:http` that was not yet sent.
   *
   * @param inherited The same header, of the trace that it belongs to.
   */
  toRequest(object: object, inherited = ''): void {
    const own = this.#header();
    if (own === '' && inherited === '') return;
    const request = object as ClientRequest;
    const hosts = [request.host, ...valuesOfHeader(request, 'host').map(withoutPort)];
    if (!this.#mayGo(hosts, request.path)) return;
    const given = valuesOfHeader(request, NAME).join(',');
    const merged = mergeBaggage(given, own, inherited);
    if (merged !== given) replaceHeader(request, NAME, merged);
  }

  /** The same, of `fetch` and undici. */
  toFetch(request: FetchRequest, inherited = ''): void {
    const own = this.#header();
    if (own === '' && inherited === '') return;
    const host = hostOf(String(request.origin));
    const hosts = [host, ...valuesOfFetchHeader(request, 'host').map(withoutPort)];
    if (!this.#mayGo(hosts, request.path)) return;
    const given = valuesOfFetchHeader(request, NAME).join(',');
    const merged = mergeBaggage(given, own, inherited);
    if (merged !== given) replaceFetchHeader(request, NAME, merged);
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
    const entries: string[] = [];
    for (const key of this.#keys) {
      const index = fields.keys.indexOf(key);
      const entry = index < 0 ? undefined : baggageEntry(key, fields.values[index]);
      if (entry !== undefined) entries.push(entry);
    }
    return entries.join(',');
  }
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
