import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { ReceivedSpan } from '../../src/receiver/received-span.js';
import { endpointOf } from '../helpers/collector.js';
import { FIXTURES, REPOSITORY } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';
import { createIntake } from './intake.js';
import type { Setup } from './setups.js';

export interface Way {
  readonly script: string;
  readonly starts: 'first' | 'later' | 'preload';
  readonly nodeArgs: readonly string[];
}

/** What can be seen of one run, without what differs from run to run. */
export interface Observed {
  readonly output: readonly string[];
  readonly errors: string;
  readonly ending: string;
  /** As they reached what the program's own tracing sends to. */
  readonly spans: readonly string[];
  /** Those of OTLP: ours, where the program's own tracing sends elsewhere. */
  readonly otlpSpanCount: number;
  /** Those that the program sent by itself. */
  readonly ownLogs: readonly string[];
  readonly consoleLogs: readonly ReceivedLog[];
}

const FOLDER = join(REPOSITORY, '.coexistence');

/** Where the packages of a setup are, if they are installed: `npm run test:coexistence` does it. */
export function folderOf(name: string): string | undefined {
  const folder = join(FOLDER, name);
  return existsSync(join(folder, 'node_modules')) ? folder : undefined;
}

export async function observe(setup: Setup, folder: string, way: Way): Promise<Observed> {
  cpSync(join(FIXTURES, 'coexistence'), folder, { recursive: true });
  const collector = await createReceiver();
  const intake = setup.sendsTo === 'otlp' ? undefined : await createIntake(setup.sendsTo);
  try {
    const { stdout, stderr, code, signal } = await runNode({
      script: join(folder, way.script),
      cwd: folder,
      preload: false,
      nodeArgs: way.nodeArgs,
      env: {
        ...endpointOf(collector),
        OTEL_SERVICE_NAME: 'app',
        // dd-trace understands it, too, and would leave its agent alone.
        OTEL_TRACES_EXPORTER: setup.sendsTo === 'otlp' ? 'otlp' : undefined,
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        // Else it asks the addresses of clouds, for seconds.
        OTEL_NODE_RESOURCE_DETECTORS: 'env',
        SENTRY_DSN: intake?.url.replace('//', '//key@').concat('/1'),
        DD_TRACE_AGENT_URL: intake?.url,
        DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
        DD_REMOTE_CONFIGURATION_ENABLED: 'false',
        STARTS: way.starts,
        TRACING: setup.tracing,
      },
    });
    const isConsole = ({ scope }: ReceivedLog) => scope.name === 'console';
    return {
      output: stable(stdout.toString()).split('\n'),
      errors: stable(stderr.toString()),
      ending: `${code ?? signal}`,
      otlpSpanCount: collector.spans.length,
      spans: intake?.received() ?? normalized(collector.spans),
      ownLogs: collector.records.filter(record => !isConsole(record)).map(({ body }) => `${body}`),
      consoleLogs: collector.records.filter(isConsole),
    };
  } finally {
    await collector.close();
    intake?.close();
  }
}

function stable(text: string): string {
  return text
    .replace(/\b[0-9a-f]{32}\b/g, '<trace>')
    .replace(/\b[0-9a-f]{16}\b/g, '<span>')
    .replace(/\(node:\d+\)/g, '(node)')
    .replace(/127\.0\.0\.1:\d+/g, '<host>');
}

const VOLATILE = /port$|^process\.|^thread\.|user_agent|^code\./;

function normalized(spans: readonly ReceivedSpan[]): string[] {
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans
    .map(({ scope, name, kind, parentSpanId, statusCode, attributes }) => {
      const parent = parentSpanId === '' ? 'none' : (nameOf.get(parentSpanId) ?? 'unknown');
      const fields = Object.entries(attributes)
        .filter(([key]) => !VOLATILE.test(key))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${stable(String(value))}`);
      return [scope.name, name, kind, `in ${parent}`, statusCode, ...fields].join(' ');
    })
    .sort();
}
