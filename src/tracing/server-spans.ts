import {
  type Attributes,
  type Context,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { LogFields } from '../log-record.js';
import type { ReceivedRequest } from '../propagation/origin.js';
import { noteCameWith } from './copied-trace.js';
import {
  addressAttributes,
  methodAttributes,
  methodName,
  withoutSecrets,
} from './http-attributes.js';
import { type OpenSpan, type OpenSpans, PROCESS_ENDED } from './open-spans.js';
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
  readonly headersSent?: boolean;
  readonly writableEnded?: boolean;
}

/**
 * Where instrumentations of frameworks tell the route to that of http, whose place we take: by this
 * name all copies of `@opentelemetry/core` find it.
 */
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/** `RPCMetadata` of `@opentelemetry/core`. */
interface Metadata {
  readonly type: 'http';
  readonly span: Span;
  route?: unknown;
}

/** Beyond it nobody tells one from another. */
const MAX_TEXT = 2048;

const getter = {
  get: ({ headers }: Request, name: string) => headers[name],
  keys: ({ headers }: Request) => Object.keys(headers),
};
/** Anybody may say which trace a request belongs to, but not what is bound to its records. */
const getterOfStrangers = {
  ...getter,
  get: ({ headers }: Request, name: string) => (name === 'baggage' ? undefined : headers[name]),
};

export interface ServerSpansOptions {
  readonly tracer: Tracer;
  readonly propagator: TextMapPropagator;
  readonly open: OpenSpans;
  /** Whether the request's baggage is believed. */
  trusts(request: ReceivedRequest): boolean;
}

/** Spans of requests that servers receive. */
export class ServerSpans {
  readonly #options: ServerSpansOptions;

  constructor(options: ServerSpansOptions) {
    this.#options = options;
  }

  /** @param response undefined for an upgrade, whose span ends with the handshake: the connection may live for days. */
  start(message: object, response: object | undefined, fields: LogFields | undefined): RequestSpan {
    const request = message as Request;
    const method = request.method ?? '';
    const { tracer, propagator, open, trusts } = this.#options;
    const hasBaggage = request.headers.baggage !== undefined;
    const trusted = !hasBaggage || trusts(request) ? getter : getterOfStrangers;
    const parent = propagator.extract(ROOT_CONTEXT, request, trusted);
    const attributes = requestAttributes(request);
    for (let i = 0; fields !== undefined && i < fields.keys.length; i++) {
      attributes[fields.keys[i]!] ??= fields.values[i]!;
    }
    const options = { kind: SpanKind.SERVER, attributes };
    const span = tracer.startSpan(methodName(method), options, parent);
    const own = noteCameWith(trace.setSpan(parent, span), request.headers.traceparent);
    const metadata: Metadata = { type: 'http', span, route: undefined };
    const context = own.setValue(RPC_METADATA, metadata);
    // One that is not sampled is passed on, and nothing more.
    if (!span.isRecording()) return { context, onEvent: noop };
    if (response === undefined) return { context, onEvent: () => span.end() };
    const route = () => toldRoute(metadata) ?? expressRoute(request);
    return new ServerSpan({ span, context, response, route, open });
  }
}

interface ServerSpanOptions {
  readonly span: Span;
  readonly context: Context;
  readonly response: Response;
  readonly open: OpenSpans;
  route(): string | undefined;
}

class ServerSpan implements RequestSpan, OpenSpan {
  readonly #options: ServerSpanOptions;

  constructor(options: ServerSpanOptions) {
    this.#options = options;
    options.open.add(this);
  }

  get context(): Context {
    return this.#options.context;
  }

  onEvent(_response: object, event: unknown): void {
    if (event === 'finish') this.#end(undefined);
    // Not after `finish`: the client went away.
    else if (event === 'close') this.#end('aborted');
  }

  // What has been answered has only not been told so.
  endEarly(): void {
    this.#end(this.#options.response.writableEnded ? undefined : PROCESS_ENDED);
  }

  #end(problem: string | undefined): void {
    const { span, response, open } = this.#options;
    if (!span.isRecording()) return;
    open.delete(this);
    const { statusCode, headersSent } = response;
    // Before it has sent any, it says 200.
    const isStatusKnown = statusCode !== undefined && (headersSent || problem === undefined);
    if (isStatusKnown) span.setAttribute('http.response.status_code', statusCode);
    const error = problem ?? (isStatusKnown && statusCode >= 500 ? String(statusCode) : undefined);
    if (error !== undefined) span.setAttribute('error.type', error);
    if (error !== undefined && error !== 'aborted') span.setStatus({ code: SpanStatusCode.ERROR });
    this.#nameByRoute();
    span.end();
  }

  #nameByRoute(): void {
    const { span } = this.#options;
    const route = this.#options.route();
    if (route === undefined) return;
    const { attributes, name } = span as unknown as { attributes: Attributes; name: string };
    if (attributes['http.route'] !== undefined) return;
    span.setAttribute('http.route', route);
    span.updateName(`${name} ${route}`);
  }
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

function toldRoute({ route }: Metadata): string | undefined {
  return typeof route === 'string' && route !== '' ? route : undefined;
}

function expressRoute({ route, baseUrl }: Request): string | undefined {
  const path = route?.path;
  if (typeof path !== 'string') return undefined;
  return `${typeof baseUrl === 'string' ? baseUrl : ''}${path}`;
}

function noop(): void {}
