import { attempt } from '../attempt.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { type Carrier, readCarrier } from '../propagation/carrier.js';
import type { Outgoing } from '../propagation/outgoing.js';
import type { JobRunner, RunningJob } from './job-runner.js';

// `import` of BullMQ, too, loads these CommonJS files: its manifest has no `exports`, and Node does
// not read the `module` that bundlers take (5.81, 6.7).

export interface BullmqOptions {
  readonly runner: JobRunner;
  /** What is to be told here and now. */
  outgoing(): Outgoing | undefined;
}

type Method = (this: Owner, ...args: never[]) => unknown;

interface Owner {
  readonly name?: unknown;
  /** The telemetry that the program has given, if any: then all of it is the program's. */
  readonly opts?: { readonly telemetry?: unknown };
}

interface Flow {
  readonly node: { readonly opts?: unknown };
}

/** What is read of a job, in a worker and in a child of one. */
interface Job {
  readonly id?: unknown;
  readonly queueName?: unknown;
  readonly queueQualifiedName?: unknown;
  readonly attemptsMade?: unknown;
  readonly data?: unknown;
  readonly opts?: {
    readonly telemetry?: { readonly metadata?: unknown };
    /** The same, as BullMQ 5 hands it to a child. */
    readonly tm?: unknown;
  };
}

/** `SpanKind.PRODUCER` of BullMQ. */
const PRODUCER = 3;

const { apply, get } = Reflect;

/** Has each job continue what was going on where it was added, and carry its id. */
export function followBullmq({ runner, outgoing }: BullmqOptions): void {
  const metadata = () => attempt(() => metadataOf(outgoing()));
  watch('queue.js', 'Queue', queue => addMetadata(queue, metadata));
  watch('flow-producer.js', 'FlowProducer', flow => offerTelemetry(flow, metadata));
  watch('worker.js', 'Worker', worker => {
    wrap(worker, 'callProcessJob', call => noteFailure(call, runner));
    wrap(worker, 'processJob', process => runJobs(process, runner, true));
    wrap(worker, 'emit', emit => tellOfNext(emit, runner));
  });
  watch('job.js', 'Job', job => wrap(job, 'asJSONSandbox', asJson => handOver(asJson, metadata)));
  // In a process or thread that serves one job after the other; their spans are the worker's.
  watch('child-processor.js', 'ChildProcessor', child => {
    wrap(child, 'start', start => runJobs(start, runner, false));
  });
}

function watch(file: string, name: string, change: (prototype: object) => void): void {
  onPackageLoad('bullmq', `dist/cjs/classes/${file}`, exports => {
    const found = (exports as Record<string, { prototype?: object } | undefined>)[name];
    if (found?.prototype !== undefined) change(found.prototype);
  });
}

// Without it (releases before 5.20) there is nothing to change.
function wrap(prototype: object, key: string, around: (original: Method) => Method): void {
  const original = (prototype as Record<string, unknown>)[key];
  if (typeof original === 'function') {
    replaceMethod(prototype, key, around(original as Method));
  }
}

// Of queues alone: what schedules jobs adds the next one while the last one runs, and they would all
// be one trace.
function addMetadata(prototype: object, metadata: () => string | undefined): void {
  wrap(prototype, 'trace', trace => {
    return function (this: Owner, ...args: unknown[]) {
      const [kind, , , add] = args;
      const isOurs = kind === PRODUCER && !hasTelemetry(this);
      const told = isOurs && typeof add === 'function' && add.length === 2 && metadata();
      // As it calls it where there is telemetry.
      if (told) args[3] = () => apply(add, undefined, [undefined, told]);
      return apply(trace as never, this, args);
    } as Method;
  });
}

// A producer of flows has its telemetry in a property, which it only sets where the program gives one.
function offerTelemetry(prototype: object, metadata: () => string | undefined): void {
  const nothing = () => {};
  const span = {
    setSpanOnContext: (context: unknown) => context,
    setAttribute: nothing,
    setAttributes: nothing,
    addEvent: nothing,
    recordException: nothing,
    end: nothing,
  };
  const contextManager = {
    active: nothing,
    fromMetadata: nothing,
    getMetadata: metadata,
    with: (_context: unknown, run: () => unknown) => run(),
  };
  const value = { tracer: { startSpan: () => span }, contextManager };
  Object.defineProperty(prototype, 'telemetry', { value, writable: true, configurable: true });
  wrap(prototype, 'addNode', addNode => {
    return function (this: Owner, ...args: unknown[]) {
      const [given, ...rest] = args;
      const told = attempt(() => withOptions(given as Flow)) ?? given;
      return apply(addNode as never, this, [told, ...rest]);
    } as Method;
  });
}

// Nothing is told to a node that has no options. It may be an object of any class: it is read through
// another that has some, for a copy would lose its getters.
function withOptions(given: Flow): Flow {
  const { node } = given;
  if (node.opts !== undefined) return given;
  const opts = {};
  const read = (_: object, key: PropertyKey) => (key === 'opts' ? opts : get(node, key));
  return { ...given, node: new Proxy({}, { get: read }) };
}

function runJobs(original: Method, runner: JobRunner, hasSpans: boolean): Method {
  return function (this: Owner, ...args: unknown[]) {
    const run = () => apply(original as never, this, args) as unknown;
    const job = args[0] as Job | undefined;
    const described = attempt(() => describe(job ?? {}, this?.name));
    // What we cannot look at is done without us.
    if (described === undefined) return run();
    if (hasTelemetry(this) || typeof job !== 'object' || job === null) {
      return runner.runOwn(described, run);
    }
    return runner.run(described, hasSpans ? job : undefined, run);
  } as Method;
}

// What cannot be asked is the program's.
function hasTelemetry(owner: Owner | undefined): boolean {
  return attempt(() => owner?.opts?.telemetry === undefined) !== true;
}

function noteFailure(original: Method, runner: JobRunner): Method {
  return function (this: Owner, ...args: unknown[]) {
    const result = apply(original as never, this, args) as unknown;
    if (result instanceof Promise) {
      result.then(undefined, error => runner.noteFailure(args[0] as object, error));
    }
    return result;
  } as Method;
}

// A worker fetches the next job as it completes one: what it tells of that belongs to the next, or to none.
function tellOfNext(original: Method, runner: JobRunner): Method {
  return function (this: Owner, ...args: unknown[]) {
    const emit = () => apply(original as never, this, args) as unknown;
    const [event, job] = args;
    if (event === 'drained') return runner.runAround(emit);
    if (event !== 'active' || typeof job !== 'object' || job === null) return emit();
    return runner.runAround(() => apply(runJobs(emit, runner, false), this, [job]) as unknown);
  } as Method;
}

// What a job's own process or thread goes on with is the attempt, not what added the job.
function handOver(original: Method, metadata: () => string | undefined): Method {
  return function (this: Owner & { readonly queue?: Owner }, ...args: unknown[]) {
    const json = apply(original as never, this, args) as { opts?: object };
    const queue = attempt(() => this?.queue);
    const told = hasTelemetry(queue) ? undefined : metadata();
    if (told === undefined) return json;
    const { telemetry } = (json.opts ?? {}) as { telemetry?: object };
    return { ...json, opts: { ...json.opts, telemetry: { ...telemetry, metadata: told } } };
  } as Method;
}

function describe(job: Job, queue: unknown): RunningJob {
  const { id, queueName, queueQualifiedName, attemptsMade, opts } = job;
  const qualified = typeof queueQualifiedName === 'string' ? queueQualifiedName : undefined;
  return {
    id,
    queue: queueName ?? queue ?? qualified?.slice(qualified.indexOf(':') + 1),
    attempt: typeof attemptsMade === 'number' ? attemptsMade + 1 : undefined,
    data: job.data,
    carrier: carrierOf(opts?.telemetry?.metadata ?? opts?.tm),
  };
}

// As `bullmq-otel` writes it, too: programs with either one understand the other.
function metadataOf(outgoing: Outgoing | undefined): string | undefined {
  if (outgoing === undefined) return undefined;
  const { traceparent, tracestate, baggage } = outgoing;
  return JSON.stringify({ traceparent, tracestate, baggage });
}

function carrierOf(metadata: unknown): Carrier {
  if (typeof metadata !== 'string') return {};
  try {
    return readCarrier(JSON.parse(metadata));
  } catch {
    return {};
  }
}
