import { join } from 'node:path';
import type { TracesConfig } from '../config/traces.js';
import type { LogContext } from '../context/log-context.js';
import { loadBundle } from '../load-bundle.js';
import type { SpanIds } from '../log-record.js';
import { spanIdsOf } from '../otel/active-span.js';
import type { SpanRecord } from '../pipeline/span-record.js';
import type { ReceivedRequest } from '../propagation/origin.js';
import { say } from '../self-report.js';
import type { TracingParts } from './tracing-parts.js';

type TracingBundle = typeof import('./create-parts.js');

export interface TracingOptions {
  readonly config: TracesConfig;
  readonly packageFolder: string;
  readonly context: LogContext;
  readonly spans: { write(span: SpanRecord): void };
  /** Whether the baggage of a request that was received is believed. */
  trusts(request: ReceivedRequest): boolean;
}

/** OpenTelemetry's own, which make the spans that we would. */
const INSTRUMENTATIONS: Readonly<Record<string, Requests>> = {
  '@opentelemetry/instrumentation-http': 'http',
  '@opentelemetry/instrumentation-undici': 'undici',
};

type Requests = 'http' | 'undici';

/**
 * Whether we trace in this thread. We do until anybody else does, and then never again: two who trace
 * the same program break each other's traces.
 */
export class Tracing {
  readonly #options: TracingOptions;
  readonly #instrumented = new Set<Requests>();
  #isOn = true;
  #parts: TracingParts | undefined;
  #hasFailed = false;
  readonly #afterStandDown: (() => void)[] = [];
  readonly #taken = new Set<string>();
  #whenTaken: ((name: string) => void) | undefined;
  #isAdopting = false;

  constructor(options: TracingOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  onStandDown(run: () => void): void {
    this.#afterStandDown.push(run);
  }

  /** The program traces by itself. */
  standDown(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    for (const run of this.#afterStandDown) run();
    if (this.#options.config.isWanted) {
      say(
        'traces-own',
        'The program registered a tracing of its own, so the preload makes no spans.',
      );
    }
  }

  /** undefined while we do not trace. */
  get active(): TracingParts | undefined {
    return this.#isOn ? this.parts : undefined;
  }

  /** As `active`, for spans of requests: undefined where the program makes those by itself, through our tracers. */
  activeFor(requests: Requests): TracingParts | undefined {
    return this.#instrumented.has(requests) ? undefined : this.active;
  }

  /** Whether the program makes spans of requests by itself, through our tracers. */
  get isInstrumented(): boolean {
    return this.#instrumented.size > 0;
  }

  /** Somebody takes a tracer of that name. */
  noteTracer(name: string): void {
    if (this.#isAdopting) return;
    if (!this.#taken.has(name)) {
      this.#taken.add(name);
      this.#whenTaken?.(name);
    }
    const requests = INSTRUMENTATIONS[name];
    if (requests !== undefined) this.#instrumented.add(requests);
  }

  /** `run` must not throw: it runs where the program takes a tracer. */
  onTaken(run: (name: string) => void): void {
    this.#whenTaken = run;
  }

  /** Whether the program has taken a tracer of that name: then an instrumentation of it is its own. */
  isTaken(name: string): boolean {
    return this.#taken.has(name);
  }

  /** Tracers that are taken meanwhile are not the program's. */
  adopting<Result>(run: () => Result): Result {
    this.#isAdopting = true;
    try {
      return run();
    } finally {
      this.#isAdopting = false;
    }
  }

  /** Loaded when first asked for; undefined when that failed. */
  get parts(): TracingParts | undefined {
    if (this.#parts === undefined && !this.#hasFailed) this.#load();
    return this.#parts;
  }

  /** The process, or the thread, ends: spans of what is under way end with it. */
  endOpen(): void {
    if (this.#isOn) this.#parts?.endOpen();
  }

  /** Ids of our span that is active. */
  activeSpan(): SpanIds | undefined {
    const { trace } = this.#options.context.bound();
    return trace === undefined ? undefined : spanIdsOf(trace);
  }

  #load(): void {
    const { packageFolder } = this.#options;
    try {
      const file = join(packageFolder, 'tracing.cjs');
      const { createParts } = loadBundle<TracingBundle>(file);
      this.#parts = createParts({ ...this.#options, isOn: () => this.#isOn });
    } catch (error) {
      this.#hasFailed = true;
      this.#isOn = false;
      say('traces-load', `No spans are made (${String(error)}).`);
    }
  }
}
