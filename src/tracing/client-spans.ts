import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { LogContext } from '../context/log-context.js';
import { bindState, stateOf } from '../http/bound-state.js';
import {
  addHeader,
  hasHeader,
  type OutgoingRequest,
  replaceHeader,
  valuesOfHeader,
} from '../http/outgoing-headers.js';
import { SurroundedEmit } from '../http/surround-emit.js';
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
import type { RequestSpan } from './tracing-parts.js';

interface ClientRequest extends OutgoingRequest {
  readonly method: string;
  readonly path: string;
  readonly protocol?: string;
  readonly host?: string;
}

interface Response {
  readonly statusCode?: unknown;
  readonly httpVersion?: unknown;
  /** All of it has come. */
  readonly complete?: boolean;
}

export interface ClientSpansOptions {
  readonly tracer: Tracer;
  readonly propagator: TextMapPropagator;
  readonly context: LogContext;
  readonly open: OpenSpans;
}

/** Spans of requests made with `node:http` and `node:https`. */
export class ClientSpans {
  readonly #tracer: Tracer;
  readonly #propagator: TextMapPropagator;
  readonly #context: LogContext;
  readonly #open: OpenSpans;
  readonly #emitters = new SurroundedEmit((emitter, args) => {
    stateOf(emitter)?.span?.onEvent(emitter, args[0], args[1]);
    return undefined;
  });

  constructor({ tracer, propagator, context, open }: ClientSpansOptions) {
    this.#open = open;
    this.#tracer = tracer;
    this.#propagator = propagator;
    this.#context = context;
  }

  /** @returns The trace's baggage, for whoever knows whom it is for. */
  start(object: object): string | undefined {
    const request = object as ClientRequest;
    const parent = activeContext(this.#context);
    const isGiven = hasHeader(request, 'traceparent');
    if (isGiven && !isOwnTrace(parent, valuesOfHeader(request, 'traceparent')[0])) return undefined;
    const attributes = requestAttributes(request);
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = this.#tracer.startSpan(methodName(request.method), options, parent);
    const context = trace.setSpan(parent, span);
    // One that is not sampled is passed on, and nothing more.
    const own = span.isRecording() ? new ClientSpan(span, context, this.#open) : undefined;
    bindState(request, { bound: { fields: undefined, trace: context }, span: own });
    if (own !== undefined) this.#emitters.ofClass(request);
    const setHeader = isGiven ? replaceHeader : addHeader;
    return inject({ propagator: this.#propagator, context }, request, setHeader);
  }
}

class ClientSpan implements RequestSpan, OpenSpan {
  readonly context: Context;
  readonly #span: Span;
  readonly #open: OpenSpans;
  #response: Response | undefined;
  #hasFailed = false;

  constructor(span: Span, context: Context, open: OpenSpans) {
    this.context = context;
    this.#span = span;
    this.#open = open;
    open.add(this);
  }

  // `close` comes last, and always: a request that ended in whatever way is over.
  onEvent(_request: object, event: unknown, argument: unknown): void {
    if (!this.#span.isRecording()) return;
    if (event === 'response') this.#answered(argument);
    else if (event === 'upgrade' || event === 'connect') {
      this.#answered(argument);
      this.#end();
    } else if (event === 'error') this.#fail(errorType(argument));
    else if (event === 'close') {
      // Cut off, or given up by the program.
      if (this.#response?.complete !== true) this.#fail('aborted');
      this.#end();
    }
  }

  endEarly(): void {
    this.#fail(PROCESS_ENDED);
    this.#end();
  }

  #end(): void {
    this.#open.delete(this);
    this.#span.end();
  }

  #answered(response: unknown): void {
    this.#response = (response ?? {}) as Response;
    const { statusCode, httpVersion } = this.#response;
    if (typeof httpVersion === 'string') {
      this.#span.setAttribute('network.protocol.version', httpVersion);
    }
    if (typeof statusCode !== 'number') return;
    this.#span.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 400) this.#fail(String(statusCode));
  }

  #fail(type: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#span.setAttribute('error.type', type);
    this.#span.setStatus({ code: SpanStatusCode.ERROR });
  }
}

function requestAttributes(request: ClientRequest): Attributes {
  const { method, path, protocol = 'http:', host = 'localhost' } = request;
  const scheme = protocol.replace(/:$/, '');
  const given = request.getHeader('host');
  const authority = typeof given === 'string' ? given : host;
  return {
    ...methodAttributes(method),
    'url.full': withoutSecrets(absoluteUrl(`${scheme}://${authority}`, path)).slice(0, 2048),
    ...addressAttributes(authority, scheme),
  };
}
