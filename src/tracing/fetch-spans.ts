import {
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { LogContext } from '../context/log-context.js';
import { activeContext } from './active-context.js';
import {
  addressAttributes,
  errorType,
  methodAttributes,
  methodName,
  withoutSecrets,
} from './http-attributes.js';
import { setterFor } from './near-peer.js';
import type { FetchEvent } from './tracing-parts.js';

/** What undici tells of a request, built in or installed. */
interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly origin?: unknown;
  readonly upgrade?: unknown;
  /** Text in undici 5, a list of names and values later. */
  readonly headers?: unknown;
  addHeader?(name: string, value: string): unknown;
}

interface Message {
  readonly request: Request;
  readonly response?: { readonly statusCode?: number };
  readonly error?: unknown;
}

/** Spans of requests made with `fetch` and undici. Each hop of a redirect is a request. */
export class FetchSpans {
  readonly #tracer: Tracer;
  readonly #propagator: TextMapPropagator;
  readonly #context: LogContext;
  readonly #spans = new WeakMap<object, Span>();

  constructor(tracer: Tracer, propagator: TextMapPropagator, context: LogContext) {
    this.#tracer = tracer;
    this.#propagator = propagator;
    this.#context = context;
  }

  on(event: FetchEvent, message: unknown): void {
    const { request, response, error } = message as Message;
    if (event === 'create') {
      this.#start(request);
      return;
    }
    const span = this.#spans.get(request);
    if (span === undefined) return;
    if (event === 'headers') setStatus(span, response?.statusCode);
    else {
      if (event === 'error') fail(span, errorType(error));
      span.end();
      this.#spans.delete(request);
    }
  }

  #start(request: Request): void {
    if (hasTraceParent(request.headers)) return;
    const parent = activeContext(this.#context);
    const method = String(request.method);
    const attributes = requestAttributes(request, method);
    const setter = setterFor(attributes['server.address'], addHeader);
    // Of a WebSocket's handshake undici does not tell the end.
    if (request.upgrade) {
      this.#propagator.inject(parent, request, setter);
      return;
    }
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = this.#tracer.startSpan(methodName(method), options, parent);
    this.#spans.set(request, span);
    this.#propagator.inject(trace.setSpan(parent, span), request, setter);
  }
}

function addHeader(request: Request, name: string, value: string): void {
  request.addHeader?.(name, value);
}

function setStatus(span: Span, statusCode: number | undefined): void {
  if (statusCode === undefined) return;
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 400) fail(span, String(statusCode));
}

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function requestAttributes({ origin, path = '' }: Request, method: string): Attributes {
  const base = String(origin);
  const [, scheme = 'http', authority = ''] = /^([a-z]+):\/\/([^/]*)/i.exec(base) ?? [];
  return {
    ...methodAttributes(method),
    'url.full': withoutSecrets(base.replace(/\/$/, '') + path).slice(0, 2048),
    ...addressAttributes(authority.replace(/^.*@/, ''), scheme),
  };
}

function hasTraceParent(headers: unknown): boolean {
  if (typeof headers === 'string') return /(?:^|\r\n)traceparent:/i.test(headers);
  if (!Array.isArray(headers)) return false;
  return headers.some((name, i) => i % 2 === 0 && String(name).toLowerCase() === 'traceparent');
}
