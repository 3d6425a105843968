import { subscribe } from 'node:diagnostics_channel';
import type { Bound, LogContext } from '../context/log-context.js';
import type { LogFields } from '../log-record.js';
import type { Tracing } from '../tracing/tracing.js';
import type { RequestSpan } from '../tracing/tracing-parts.js';
import { bindState, stateOf } from './bound-state.js';
import { type RequestId, requestIdOf } from './request-id.js';
import { type Around, SurroundedEmit } from './surround-emit.js';

const { apply } = Reflect;

/** When a response names the request's id in `X-Request-ID`. */
export type RequestIdAnswer = 'off' | 'echo' | 'always';

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Response {
  setHeader(name: string, value: string): void;
}

/** A request's context, and its span if we trace. */
interface Begun {
  readonly bound: Bound;
  readonly span: RequestSpan | undefined;
}

interface Received {
  readonly request: Request;
  readonly response: unknown;
  readonly bound: Bound;
  readonly span: RequestSpan | undefined;
  readonly requestId: RequestId;
}

// Their arguments are the request, and then the response or the socket.
const REQUEST_EVENTS: readonly unknown[] = ['request', 'checkContinue', 'checkExpectation'];
const UPGRADE_EVENTS: readonly unknown[] = ['upgrade', 'connect'];

/**
 * Binds an id to each request that a server of this thread receives: to its handlers, to the events
 * of request and response, and to those of the socket that an upgrade hands over, for as long as it
 * lives. Every framework stands on the events of `http.Server`, and whoever traces does not matter.
 *
 * Nothing is loaded or patched before a server accepts its first connection, which Node tells.
 * https://nodejs.org/api/diagnostics_channel.html#net
 */
export function bindRequests(
  context: LogContext,
  answer: RequestIdAnswer,
  tracing?: Pick<Tracing, 'activeFor'>,
): void {
  const requests = new RequestBinding(context, answer, tracing);
  const servers = new SurroundedEmit(requests.aroundServer);
  subscribe('net.server.socket', message => {
    try {
      const { server } = (message as { socket: { server?: object } }).socket;
      if (server !== undefined && receivesRequests(server)) servers.ofClass(server);
    } catch {
      // A server we cannot look at serves without us.
    }
  });
}

// Others, for instance of a database's protocol, are left alone.
function receivesRequests(server: object): boolean {
  return [...REQUEST_EVENTS, ...UPGRADE_EVENTS].some(event => isHeard(server, event));
}

class RequestBinding {
  readonly #context: LogContext;
  readonly #answer: RequestIdAnswer;
  readonly #tracing: Pick<Tracing, 'activeFor'> | undefined;
  readonly #emitters: SurroundedEmit;

  constructor(
    context: LogContext,
    answer: RequestIdAnswer,
    tracing: Pick<Tracing, 'activeFor'> | undefined,
  ) {
    this.#context = context;
    this.#answer = answer;
    this.#tracing = tracing;
    this.#emitters = new SurroundedEmit((emitter, args, emit) => {
      const state = stateOf(emitter);
      tell(state?.span, emitter, args);
      return state === undefined || !isHeard(emitter, args[0])
        ? apply(emit, emitter, args)
        : context.applyAs(state.bound, emit, emitter, args);
    });
  }

  readonly aroundServer: Around = (server, args, emit) => {
    const [event, request, second] = args;
    const isRequest = REQUEST_EVENTS.includes(event);
    const isUpgrade = UPGRADE_EVENTS.includes(event);
    // A server that hands a request on to another one emits it a second time.
    if (!(isRequest || isUpgrade) || !isRequestLike(request) || stateOf(request)) {
      return apply(emit, server, args);
    }
    const requestId = requestIdOf(request.headers);
    const { bound, span } = this.#begin(request, requestId, isRequest ? second : undefined);
    bindState(request, { bound });
    if (isRequest) this.#bindMessages({ request, response: second, bound, span, requestId });
    else if (isObject(second)) {
      return this.#upgrade(second, bound, () => {
        try {
          return apply(emit, server, args);
        } finally {
          tell(span, second, args);
        }
      });
    }
    return this.#context.applyAs(bound, emit, server, args);
  };

  #begin(request: Request, requestId: RequestId, response: unknown): Begun {
    const { fields, trace } = this.#context.with({ request_id: requestId.id });
    const span = this.#startSpan(request, isObject(response) ? response : undefined, fields);
    return { bound: { fields, trace: span?.context ?? trace }, span };
  }

  #startSpan(
    request: Request,
    response: object | undefined,
    fields: LogFields | undefined,
  ): RequestSpan | undefined {
    try {
      return this.#tracing?.activeFor('http')?.startServer(request, response, fields);
    } catch {
      // A request we cannot look at is served without a span.
      return undefined;
    }
  }

  #bindMessages({ request, response, bound, span, requestId }: Received): void {
    this.#emitters.ofClass(request);
    if (!isResponseLike(response)) return;
    bindState(response, { bound, span });
    this.#emitters.ofClass(response);
    this.#tell(response, requestId);
  }

  // Of sockets only this one: all others of the program are of the same class. What is bound while
  // the program takes it over (a session's id) is bound to all that comes through it.
  #upgrade(socket: object, bound: Bound, emit: () => boolean): boolean {
    bindState(socket, { bound });
    this.#emitters.ofObject(socket);
    return this.#context.runAs(bound, () => {
      try {
        return emit();
      } finally {
        bindState(socket, { bound: this.#context.bound() });
      }
    });
  }

  // Before the program's own headers: one of the same name takes its place.
  #tell(response: Response, { id, isGiven }: RequestId): void {
    if (this.#answer === 'off' || (this.#answer === 'echo' && !isGiven)) return;
    try {
      response.setHeader('X-Request-ID', id);
    } catch {
      // A response that takes no more headers goes without.
    }
  }
}

function tell(span: RequestSpan | undefined, emitter: object, args: readonly unknown[]): void {
  try {
    span?.onEvent(emitter, args[0], args[1]);
  } catch {
    // A getter of the program's that throws, where a route is looked for.
  }
}

// Node emits a dozen events for each request, most of which nobody listens to.
function isHeard(emitter: object, event: unknown): boolean {
  const { listenerCount } = emitter as { listenerCount(event: unknown): number };
  return apply(listenerCount, emitter, [event]) > 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRequestLike(value: unknown): value is Request {
  return isObject(value) && isObject((value as Partial<Request>).headers);
}

function isResponseLike(value: unknown): value is Response {
  return typeof (value as Partial<Response> | undefined)?.setHeader === 'function';
}
