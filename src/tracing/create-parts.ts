import { emptyResource } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../config/traces.js';
import type { LogContext } from '../context/log-context.js';
import type { SpanRecord } from '../pipeline/span-record.js';
import type { ReceivedRequest } from '../propagation/origin.js';
import { ClientSpans } from './client-spans.js';
import { OwnContextManager } from './context-manager.js';
import { FetchSpans } from './fetch-spans.js';
import { OpenSpans } from './open-spans.js';
import { createPropagator } from './propagator.js';
import { createSampler } from './sampler.js';
import { ServerSpans } from './server-spans.js';
import { RecordingProcessor } from './span-processor.js';
import { TracerSource } from './tracer-source.js';
import type { TracingParts } from './tracing-parts.js';

// Entry of the bundle that holds the SDK. It registers no global, installs no diag logger and, with
// everything given, reads no environment.

export interface PartsOptions {
  readonly config: TracesConfig;
  readonly context: LogContext;
  readonly spans: { write(span: SpanRecord): void };
  /** Whether the baggage of a request that was received is believed. */
  trusts(request: ReceivedRequest): boolean;
  /** Whether we still trace: a span that ends later is not kept. */
  isOn(): boolean;
}

export function createParts(options: PartsOptions): TracingParts {
  const { config, context } = options;
  const sdk = new TracerProvider({
    // The exporter thread knows the resource.
    resource: emptyResource(),
    sampler: createSampler(config),
    spanLimits: {
      attributeCountLimit: config.maxSpanAttributes,
      attributeValueLengthLimit: config.maxSpanValueLength,
      eventCountLimit: config.maxSpanEvents,
      linkCountLimit: config.maxSpanLinks,
    },
    spanProcessors: [new RecordingProcessor(options)],
  });
  const contextManager = new OwnContextManager(context);
  const propagator = createPropagator(config);
  const source = new TracerSource(sdk, contextManager);
  const open = new OpenSpans();
  const tracer = sdk.getTracer('http');
  const trusts = options.trusts;
  const server = new ServerSpans({ tracer, propagator, open, trusts });
  const client = new ClientSpans({ tracer, propagator, context, open });
  const fetches = new FetchSpans({ tracer: sdk.getTracer('fetch'), propagator, context, open });

  return {
    provider: source,
    contextManager,
    propagator,
    startServer: (...of) => server.start(...of),
    startClient: request => client.start(request),
    onFetch: (event, message) => fetches.on(event, message),
    endOpen: () => open.endAll(),
  };
}
