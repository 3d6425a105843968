import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import {
  addressAttributes,
  methodAttributes,
  methodName,
  withoutSecrets,
} from './http-attributes.js';
import type { RequestSpan } from './tracing-parts.js';

/** What is read of `http.IncomingMessage`, and of what http2 has in its place. */
interface Request {
  readonly method?: string;
  readonly url?: string;
  readonly httpVersion?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket?: { readonly encrypted?: boolean; readonly remoteAddress?: string } | null;
  /** Express's and those like it. */
  readonly route?: { readonly path?: unknown };
  readonly baseUrl?: unknown;
}

interface Response {
  readonly statusCode?: number;
  readonly writableFinished?: boolean;
}

/** Beyond it nobody tells one from another. */
const MAX_TEXT = 2048;

const getter = {
  get: (headers: Request['headers'], name: string) => headers[name],
  keys: (headers: Request['headers']) => Object.keys(headers),
};

/** Spans of requests that servers receive. */
export class ServerSpans {
  readonly #tracer: Tracer;
  readonly #propagator: TextMapPropagator;
  readonly #routes = new WeakMap<object, string>();

  constructor(tracer: Tracer, propagator: TextMapPropagator) {
    this.#tracer = tracer;
    this.#propagator = propagator;
  }

  /** @param isUpgrade Its span ends with the handshake: the connection may live for days. */
  start(message: object, isUpgrade: boolean): RequestSpan {
    const request = message as Request;
    const method = request.method ?? '';
    const parent = this.#propagator.extract(ROOT_CONTEXT, request.headers, getter);
    const attributes = requestAttributes(request);
    const options = { kind: SpanKind.SERVER, attributes };
    const span = this.#tracer.startSpan(methodName(method), options, parent);
    const context = trace.setSpan(parent, span);
    if (!isUpgrade) return new ServerSpan(span, context, () => this.#routeOf(request));
    return { context, onEvent: () => span.end() };
  }

  /** What a framework says of itself. */
  setRoute(request: object, route: string): void {
    this.#routes.set(request, route);
  }

  #routeOf(request: Request): string | undefined {
    return this.#routes.get(request) ?? expressRoute(request);
  }
}

class ServerSpan implements RequestSpan {
  readonly context: Context;
  readonly #span: Span;
  readonly #route: () => string | undefined;

  constructor(span: Span, context: Context, route: () => string | undefined) {
    this.context = context;
    this.#span = span;
    this.#route = route;
  }

  // Ended as the answer is finished, and not as the connection is: a program may end in between.
  onEvent(response: Response, event: unknown): void {
    if ((event !== 'finish' && event !== 'close') || !this.#span.isRecording()) return;
    const span = this.#span;
    const { statusCode } = response;
    const isAborted = event === 'close';
    if (statusCode !== undefined && !(isAborted && !hasBegun(response))) {
      span.setAttribute('http.response.status_code', statusCode);
    }
    if (isAborted) span.setAttribute('error.type', 'aborted');
    else if (statusCode !== undefined && statusCode >= 500) {
      span.setAttribute('error.type', String(statusCode));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.#nameByRoute();
    span.end();
  }

  #nameByRoute(): void {
    const route = this.#route();
    if (route === undefined) return;
    const { attributes, name } = this.#span as unknown as { attributes: Attributes; name: string };
    if (attributes['http.route'] !== undefined) return;
    this.#span.setAttribute('http.route', route);
    this.#span.updateName(`${name} ${route}`);
  }
}

function hasBegun({ headersSent }: Response & { headersSent?: boolean }): boolean {
  return headersSent === true;
}

function requestAttributes(request: Request): Attributes {
  const { headers, method = '', url = '' } = request;
  const scheme = request.socket?.encrypted ? 'https' : 'http';
  const [path, query] = withoutSecrets(url).split(/\?(.*)/s, 2);
  const host = headers.host ?? headers[':authority'];
  const attributes: Attributes = {
    ...methodAttributes(method),
    'url.scheme': scheme,
    'url.path': path!.slice(0, MAX_TEXT),
  };
  if (query) attributes['url.query'] = query.slice(0, MAX_TEXT);
  if (typeof host === 'string') Object.assign(attributes, addressAttributes(host, scheme));
  const client = clientAddress(request);
  if (client !== undefined) attributes['client.address'] = client;
  if (request.httpVersion) attributes['network.protocol.version'] = request.httpVersion;
  const agent = headers['user-agent'];
  if (typeof agent === 'string') attributes['user_agent.original'] = agent.slice(0, MAX_TEXT);
  return attributes;
}

// What a proxy says of the client is what a reader of traces looks for.
function clientAddress({ headers, socket }: Request): string | undefined {
  const forwarded = headers['x-forwarded-for'];
  const first = typeof forwarded === 'string' ? forwarded.split(',', 1)[0]!.trim() : '';
  return first === '' ? socket?.remoteAddress : first.slice(0, 64);
}

function expressRoute({ route, baseUrl }: Request): string | undefined {
  const path = route?.path;
  if (typeof path !== 'string') return undefined;
  return `${typeof baseUrl === 'string' ? baseUrl : ''}${path}`;
}
