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
import {
  type FetchRequest,
  replaceFetchHeader,
  valuesOfFetchHeader,
} from '../propagation/fetch-headers.js';
import { activeContext } from './active-context.js';
import { isOwnTrace } from './copied-trace.js';
import {
  absoluteUrl,
  addressAttributes,
  errorType,
  methodAttributes,
  methodName,
  withoutSecrets,
} from './http-attributes.js';
import { inject } from './inject.js';
import { type OpenSpan, type OpenSpans, PROCESS_ENDED } from './open-spans.js';
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

export interface FetchSpansOptions {
  readonly tracer: Tracer;
  readonly propagator: TextMapPropagator;
  readonly context: LogContext;
  readonly open: OpenSpans;
}

/** Spans of requests made with `fetch` and undici. Each hop of a redirect is a request. */
export class FetchSpans {
  readonly #options: FetchSpansOptions;
  readonly #spans = new WeakMap<object, FetchSpan>();

  constructor(options: FetchSpansOptions) {
    this.#options = options;
  }

  /** @returns As a request is made: the trace's baggage, for whoever knows whom it is for. */
  on(event: FetchEvent, message: unknown): string | undefined {
    const { request, response, error } = message as Message;
    if (event === 'create') return this.#start(request);
    const span = this.#spans.get(request);
    if (span === undefined) return undefined;
    if (event === 'headers') span.answered(response?.statusCode);
    else {
      if (event === 'error') span.fail(errorType(error));
      span.end();
      this.#spans.delete(request);
    }
    return undefined;
  }

  #start(request: Request): string | undefined {
    const { tracer, propagator, open } = this.#options;
    const parent = activeContext(this.#options.context);
    const given = valuesOfFetchHeader(request, 'traceparent');
    if (given.length > 0 && !isOwnTrace(parent, given[0])) return undefined;
    const setHeader = given.length > 0 ? replaceFetchHeader : addHeader;
    const method = String(request.method);
    const attributes = requestAttributes(request, method);
    // Of a WebSocket's handshake undici does not tell the end.
    if (request.upgrade) {
      return inject({ propagator, context: parent }, request, setHeader);
    }
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = tracer.startSpan(methodName(method), options, parent);
    // One that is not sampled is passed on, and nothing more.
    if (span.isRecording()) {
      const own = new FetchSpan(span, open);
      this.#spans.set(request, own);
      // Not each undici tells when a tunnel is there (7.30.2 does, 7.29.1 does not).
      if (method !== 'CONNECT') open.add(own);
    }
    const context = trace.setSpan(parent, span);
    return inject({ propagator, context }, request, setHeader);
  }
}

class FetchSpan implements OpenSpan {
  readonly #span: Span;
  readonly #open: OpenSpans;
  #hasFailed = false;

  constructor(span: Span, open: OpenSpans) {
    this.#span = span;
    this.#open = open;
  }

  answered(statusCode: number | undefined): void {
    if (statusCode === undefined) return;
    this.#span.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 400) this.fail(String(statusCode));
  }

  fail(type: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#span.setAttribute('error.type', type);
    this.#span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.#open.delete(this);
    this.#span.end();
  }

  endEarly(): void {
    this.fail(PROCESS_ENDED);
    this.end();
  }
}

function addHeader(request: Request, name: string, value: string): void {
  request.addHeader?.(name, value);
}

function requestAttributes({ origin, path = '' }: Request, method: string): Attributes {
  const base = String(origin);
  const [, scheme = 'http', authority = ''] = /^([a-z]+):\/\/([^/]*)/i.exec(base) ?? [];
  return {
    ...methodAttributes(method),
    'url.full': withoutSecrets(absoluteUrl(base.replace(/\/$/, ''), path)).slice(0, 2048),
    ...addressAttributes(authority.replace(/^.*@/, ''), scheme),
  };
}
