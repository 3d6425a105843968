import type { Context, ContextManager, Span } from '@opentelemetry/api';
import { attempt } from '../attempt.js';
import { readContextFields } from '../context/context-fields.js';
import type { Bound, LogContext } from '../context/log-context.js';
import type { LogFields } from '../log-record.js';
import type { Carrier } from '../propagation/carrier.js';
import { boundFrom } from '../propagation/incoming.js';
import { emptyContext, SPAN_KEY } from '../propagation/remote-context.js';
import type { Tracing } from '../tracing/tracing.js';
import type { MessageFields } from './message-fields.js';

export interface JobRunnerOptions {
  readonly context: LogContext;
  readonly fields: MessageFields;
  /** Which members of a job's baggage are log context. */
  readonly contextKeys: readonly string[];
  /** Each attempt is a trace of its own, linked to the one that added the job. */
  readonly hasTracePerAttempt: boolean;
  /** Our own, if there is one. */
  readonly tracing?: Tracing | undefined;
  /** Of the program's own tracing, if it has one. */
  ownManager(): ContextManager | undefined;
}

export interface RunningJob {
  readonly id: unknown;
  readonly queue: unknown;
  readonly attempt: number | undefined;
  readonly data: unknown;
  readonly carrier: Carrier;
}

/** `SpanKind.CONSUMER`, `SpanStatusCode.ERROR`. */
const CONSUMER = 4;
const ERROR = 2;

/** Runs jobs with what belongs to them bound, and each in a span where we trace. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #failures = new WeakMap<object, { readonly error: unknown }>();
  /** By the fields of a job that runs: what was bound around it. */
  readonly #around = new WeakMap<LogFields, Bound>();

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** @param key Of the job: `noteFailure` knows it by that. Without it there is no span. */
  run<T>(job: RunningJob, key: object | undefined, run: () => T): T {
    const begun = attempt(() => this.#begin(job, key !== undefined));
    // What we cannot look at is done without us.
    if (begun === undefined) return run();
    const { bound, span } = begun;
    const within = () => this.#activate(bound.trace, run);
    const result = this.#options.context.applyAs(bound, within, undefined, []);
    if (span !== undefined && key !== undefined) this.#endWith(span, key, result);
    return result;
  }

  #begin(job: RunningJob, hasSpan: boolean): { bound: Bound; span: Span | undefined } {
    const { contextKeys, hasTracePerAttempt } = this.#options;
    const told = boundFrom(job.carrier, name => contextKeys.includes(name));
    const fields = this.#fieldsOf(job, told.fields);
    const parent = hasTracePerAttempt ? undefined : told.trace;
    const span = hasSpan ? this.#startSpan(job, parent, told.trace) : undefined;
    const trace = span === undefined ? parent : (parent ?? emptyContext()).setValue(SPAN_KEY, span);
    this.#around.set(fields, this.#options.context.bound());
    return { bound: { fields, trace }, span };
  }

  /** The program's own telemetry carries the trace: only what names the job is bound. */
  runOwn<T>(job: RunningJob, run: () => T): T {
    const { context } = this.#options;
    const before = context.bound();
    const fields = attempt(() => this.#fieldsOf(job, before.fields));
    if (fields === undefined) return run();
    this.#around.set(fields, before);
    return context.applyAs({ fields, trace: before.trace }, run, undefined, []);
  }

  /** With what is bound around the job that is running here, if one is. */
  runAround<T>(run: () => T): T {
    const { context } = this.#options;
    const { fields } = context.bound();
    const around = fields && this.#around.get(fields);
    return around === undefined ? run() : context.applyAs(around, run, undefined, []);
  }

  noteFailure(key: object, error: unknown): void {
    this.#failures.set(key, { error });
  }

  // What the program calls its job wins over the number that the queue gave it.
  #fieldsOf({ id, queue, attempt, data }: RunningJob, before: LogFields | undefined): LogFields {
    const { context, fields } = this.#options;
    const given = typeof data === 'string' ? fields.ofMessage(data) : fields.ofObject(data);
    const around = readContextFields(undefined, context.boundHere().fields);
    const told = before && Object.fromEntries(before.keys.map((key, i) => [key, before.values[i]]));
    return readContextFields({ ...told, job_id: id, queue, attempt, ...given }, around);
  }

  // Where the program traces, what it makes belongs to the trace of the job.
  #activate<T>(trace: Context | undefined, run: () => T): T {
    const manager = this.#options.ownManager();
    return manager === undefined ? run() : manager.with(trace ?? emptyContext(), run);
  }

  #startSpan(
    { queue, id, attempt }: RunningJob,
    parent: Context | undefined,
    told: Context | undefined,
  ): Span | undefined {
    const tracer = this.#options.tracing?.active?.provider.getTracer('bullmq');
    const from = told?.getValue(SPAN_KEY) as Span | undefined;
    const links = parent === undefined && from ? [{ context: from.spanContext() }] : [];
    const attributes = {
      'messaging.system': 'bullmq',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': String(queue),
      'messaging.message.id': String(id),
      ...(attempt !== undefined && { 'bullmq.job.attempt': attempt }),
    };
    const options = { kind: CONSUMER, attributes, links };
    return tracer?.startSpan(`process ${String(queue)}`, options, parent ?? emptyContext());
  }

  #endWith(span: Span, key: object, result: unknown): void {
    const end = () => {
      // An error may have getters that throw, which here would be a rejection that nobody handles.
      attempt(() => this.#tellFailure(span, key));
      attempt(() => span.end());
    };
    if (result instanceof Promise) result.then(end, end);
    else end();
  }

  #tellFailure(span: Span, key: object): void {
    const failure = this.#failures.get(key);
    if (failure === undefined) return;
    this.#failures.delete(key);
    span.setStatus({ code: ERROR });
    const { name, message } = Object(failure.error) as { name?: unknown; message?: unknown };
    span.setAttribute('error.type', String(name ?? 'Error'));
    span.setStatus({ code: ERROR, message: String(message ?? '') });
  }
}
