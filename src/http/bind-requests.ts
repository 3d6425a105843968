import { AsyncLocalStorage } from 'node:async_hooks';
import { readContextFields } from '../context/context-fields.js';
import type { Bound, LogContext } from '../context/log-context.js';
import { listen } from '../listen.js';
import type { LogFields } from '../log-record.js';
import type { Propagation } from '../propagation/propagation.js';
import type { Tracing } from '../tracing/tracing.js';
import type { RequestSpan } from '../tracing/tracing-parts.js';
import { type BoundState, bindState, stateOf } from './bound-state.js';
import { requestIdOf } from './request-id.js';
import { type Before, SurroundedEmit } from './surround-emit.js';
import { tellRequestId } from './tell-request-id.js';

/** When a response names the request's id in `X-Request-ID`. */
export type RequestIdAnswer = 'off' | 'echo' | 'always';

interface Request {
  readonly socket?: object;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Exchange {
  readonly request: Request;
  readonly response: object;
}

export interface RequestBindingOptions {
  readonly context: LogContext;
  readonly answer: RequestIdAnswer;
  /** undefined: no request is to have a span. */
  readonly tracing?: Pick<Tracing, 'activeFor'> | undefined;
  /** undefined: nobody's context is taken over. */
  readonly propagation?: Pick<Propagation, 'fieldsOf'> | undefined;
}

const { apply } = Reflect;
const UPGRADE_EVENTS: readonly unknown[] = ['upgrade', 'connect'];

/**
 * Up to Node 22 what is entered as a request begins holds for all that its connection does until the
 * next one; later only for what is called and started from there, and the events that come after (the
 * end of its body, of its response) have to be bound.
 */
const HOLDS_FOR_CONNECTION = '_enable' in AsyncLocalStorage.prototype;

/**
 * Binds an id to each request that a server of this thread receives: to its handlers, to the events
 * of request and response, and to those of the socket that an upgrade hands over, for as long as it
 * lives. Every framework stands on `http.Server`, and whoever traces does not matter. Where we trace,
 * the request's span is bound with it.
 *
 * Node tells on channels when a connection comes and a request begins: nothing is loaded or patched
 * before, and no frame of ours is in the stack of a handler.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function bindRequests(options: RequestBindingOptions): void {
  const binding = new RequestBinding(options);
  listen('http.server.request.start', message => binding.begin(message as Exchange));
  listen('net.server.socket', message => {
    const { server } = (message as { socket: { server?: object } }).socket;
    if (server !== undefined) binding.follow(server);
  });
}

class RequestBinding {
  readonly #options: RequestBindingOptions;
  readonly #context: LogContext;
  /** By connection: what was bound as it came. Each request begins with that, not with the one before. */
  readonly #bases = new WeakMap<object, Bound>();
  readonly #messages: SurroundedEmit;
  readonly #upgrades: SurroundedEmit;
  readonly #streams: SurroundedEmit;

  constructor(options: RequestBindingOptions) {
    this.#options = options;
    this.#context = options.context;
    this.#messages = new SurroundedEmit(this.#beforeMessage);
    this.#upgrades = new SurroundedEmit(this.#beforeUpgrade);
    this.#streams = new SurroundedEmit(this.#beforeStream);
  }

  /** From here on, in what the server calls next. */
  begin({ request, response }: Exchange): void {
    this.#context.enter(this.#bind(request, response).bound);
    // A span ends with its response; and one that waited for another's (pipelining) ends in its stack.
    this.#messages.ofClass(response);
    if (!HOLDS_FOR_CONNECTION) this.#messages.ofClass(request);
  }

  /** What no channel tells: upgrades, and HTTP/2. */
  follow(server: object): void {
    if ('updateSettings' in server) this.#streams.ofClass(server);
    else if ('maxHeadersCount' in server && UPGRADE_EVENTS.some(event => isHeard(server, event))) {
      this.#upgrades.ofClass(server);
    }
  }

  #bind(request: Request, response?: object): BoundState {
    const inherited = this.#inheritedBy(request);
    const { id, isGiven } = requestIdOf(request.headers, inherited?.request_id);
    const base = this.#baseOf(request);
    const fields = readContextFields({ ...inherited, request_id: id }, base.fields);
    const span = this.#startSpan(request, response, fields);
    const bound = { fields, trace: span?.context ?? base.trace };
    bindState(request, { bound });
    const state = { bound, span };
    if (response === undefined) return state;
    bindState(response, state);
    const { answer } = this.#options;
    if (answer === 'always' || (answer === 'echo' && isGiven)) tellRequestId(response, id);
    return state;
  }

  #baseOf({ socket }: Request): Bound {
    if (socket === undefined) return this.#context.boundHere();
    let base = this.#bases.get(socket);
    if (base === undefined) {
      base = this.#context.boundHere();
      this.#bases.set(socket, base);
    }
    return base;
  }

  #inheritedBy(request: Request): Record<string, string> | undefined {
    try {
      return this.#options.propagation?.fieldsOf(request);
    } catch {
      return undefined;
    }
  }

  // A request we cannot look at is served without a span.
  #startSpan(
    request: Request,
    response: object | undefined,
    fields: LogFields,
  ): RequestSpan | undefined {
    try {
      return this.#options.tracing?.activeFor('http')?.startServer(request, response, fields);
    } catch {
      return undefined;
    }
  }

  readonly #beforeMessage: Before = (emitter, args) => {
    const state = stateOf(emitter);
    if (state === undefined) return undefined;
    tell(state.span, emitter, args);
    if (!isHeard(emitter, args[0])) return undefined;
    const before = this.#context.bound();
    this.#context.enter(state.bound);
    return () => this.#context.enter(before);
  };

  // What the program binds while it takes the socket over (a session's id) is bound to all that comes
  // through it. Of sockets only this one: all others of the program are of the same class.
  readonly #beforeUpgrade: Before = (_server, [event, request, socket]) => {
    if (!UPGRADE_EVENTS.includes(event) || !isRequest(request) || !isObject(socket))
      return undefined;
    const before = this.#context.bound();
    const { bound, span } = this.#bind(request);
    bindState(socket, { bound });
    this.#messages.ofObject(socket);
    this.#context.enter(bound);
    return () => {
      bindState(socket, { bound: this.#context.bound() });
      this.#context.enter(before);
      tell(span, socket, [event, request]);
    };
  };

  readonly #beforeStream: Before = (_server, [event, request, response]) => {
    if (event !== 'request' || !isRequest(request) || !isObject(response)) return undefined;
    if (!('stream' in request && 'stream' in response)) return undefined;
    const before = this.#context.bound();
    this.#context.enter(this.#bind(request, response).bound);
    this.#messages.ofClass(request);
    this.#messages.ofClass(response);
    return () => this.#context.enter(before);
  };
}

// A getter of the program's may throw, where a route is looked for.
function tell(span: RequestSpan | undefined, emitter: object, args: readonly unknown[]): void {
  try {
    span?.onEvent(emitter, args[0], args[1]);
  } catch {
    // The span goes without.
  }
}

// Node emits a dozen events for each request, most of which nobody listens to.
function isHeard(emitter: object, event: unknown): boolean {
  const { listenerCount } = emitter as { listenerCount?(event: unknown): number };
  return listenerCount === undefined || apply(listenerCount, emitter, [event]) > 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRequest(value: unknown): value is Request {
  return isObject(value) && isObject((value as Partial<Request>).headers);
}
