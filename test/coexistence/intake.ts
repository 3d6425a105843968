import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { decode } from '@msgpack/msgpack';

/** Stands where Sentry or a Datadog agent would be, and keeps what it is sent. */
export interface Intake {
  readonly url: string;
  /** One text for each span or event, without what differs from run to run; sorted. */
  received(): readonly string[];
  close(): void;
}

type Read = (path: string, body: Buffer) => readonly string[];

const READERS: Readonly<Record<'datadog' | 'sentry', Read>> = {
  // https://develop.sentry.dev/sdk/foundations/transport/envelopes/: lines of JSON, header and payload.
  sentry(_path, body) {
    return body
      .toString()
      .split('\n')
      .filter(Boolean)
      .flatMap(line => sentrySpans(JSON.parse(line)));
  },
  datadog(path, body) {
    if (!path.endsWith('/traces')) return [];
    const traces = decode(body, { useBigInt64: true }) as DatadogSpan[][];
    return traces.flatMap(spans => {
      const name = (id: unknown) => spans.find(({ span_id }) => span_id === id)?.name ?? 'none';
      return spans.map(span => `${span.name} ${span.resource} in ${name(span.parent_id)}`);
    });
  },
};

// Version 8 sends a transaction with its spans, version 11 a stream of spans.
function sentrySpans({ transaction, spans, contexts, version, items }: SentryItem): string[] {
  if (version === 2) {
    return items!.map(({ name, status, attributes }) =>
      ['span', name, status, attributes['sentry.origin']?.value].join(' '),
    );
  }
  if (transaction === undefined) return [];
  const inside = spans!.map(({ op, description, origin }) => `span ${op} ${description} ${origin}`);
  return [`transaction ${transaction} ${contexts?.trace.op} ${contexts?.trace.status}`, ...inside];
}

interface SentryItem {
  readonly transaction?: string;
  readonly spans?: readonly { op: string; description: string; origin: string }[];
  readonly contexts?: { readonly trace: { readonly op: string; readonly status: string } };
  readonly version?: number;
  readonly items?: readonly {
    readonly name: string;
    readonly status: string;
    readonly attributes: Readonly<Record<string, { readonly value: unknown } | undefined>>;
  }[];
}

interface DatadogSpan {
  readonly name: string;
  readonly resource: string;
  readonly span_id: unknown;
  readonly parent_id: unknown;
}

export async function createIntake(kind: 'datadog' | 'sentry'): Promise<Intake> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const raw = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    received.push(...READERS[kind](request.url!, body));
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received.map(text => text.replace(/:\d+/g, '')).sort(),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
