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
import { type FetchRequest, valuesOfFetchHeader } from '../propagation/fetch-headers.js';
import { activeContext } from './active-context.js';
import {
  addressAttributes,
  errorType,
  methodAttributes,
  methodName,
  withoutSecrets,
} from './http-attributes.js';
import { inject } from './inject.js';
import type { FetchEvent } from './tracing-parts.js';

interface Request extends FetchRequest {
  readonly method?: string;
  readonly path?: string;
  readonly upgrade?: unknown;
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

  /** @returns As a request is made: the trace's baggage, for whoever knows whom it is for. */
  on(event: FetchEvent, message: unknown): string | undefined {
    const { request, response, error } = message as Message;
    if (event === 'create') return this.#start(request);
    const span = this.#spans.get(request);
    if (span === undefined) return undefined;
    if (event === 'headers') setStatus(span, response?.statusCode);
    else {
      if (event === 'error') fail(span, errorType(error));
      span.end();
      this.#spans.delete(request);
    }
    return undefined;
  }

  #start(request: Request): string | undefined {
    if (valuesOfFetchHeader(request, 'traceparent').length > 0) return undefined;
    const parent = activeContext(this.#context);
    const method = String(request.method);
    const attributes = requestAttributes(request, method);
    // Of a WebSocket's handshake undici does not tell the end.
    if (request.upgrade) {
      return inject({ propagator: this.#propagator, context: parent }, request, addHeader);
    }
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = this.#tracer.startSpan(methodName(method), options, parent);
    this.#spans.set(request, span);
    const context = trace.setSpan(parent, span);
    return inject({ propagator: this.#propagator, context }, request, addHeader);
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
