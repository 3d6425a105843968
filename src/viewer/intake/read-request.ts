import type { IncomingMessage } from 'node:http';
import { LOGS, METRICS, TRACES } from '../../otlp-signal.js';
import { countMetricsJson, readLogsJson, readTraceJson } from '../../receiver/otlp-json.js';
import { countRecords, messageType } from '../../receiver/otlp-messages.js';
import { decodeLogs, logsOf } from '../../receiver/received-log.js';
import { decodeSpans, spansOf } from '../../receiver/received-span.js';
import { type Entry, toEntries } from '../entry.js';
import { type Span, toSpan } from '../span.js';
import { hasMoreParts } from './count-parts.js';
import { createBodyReader, RequestFault } from './read-body.js';

/** What one request brought. */
export interface Delivery {
  readonly entries: readonly Entry[];
  readonly spans: readonly Span[];
  readonly metricCount: number;
}

export type Encoding = 'json' | 'protobuf';

const NOTHING: Delivery = { entries: [], spans: [], metricCount: 0 };

type Read = (body: Buffer, encoding: Encoding) => Delivery;

const READERS: Readonly<Record<string, Read>> = {
  [LOGS.path]: (body, encoding) => ({
    ...NOTHING,
    entries: toEntries(encoding === 'json' ? logsOf(readLogsJson(String(body))) : decodeLogs(body)),
  }),
  [TRACES.path]: (body, encoding) => ({
    ...NOTHING,
    spans: (encoding === 'json' ? spansOf(readTraceJson(String(body))) : decodeSpans(body)).map(
      toSpan,
    ),
  }),
  [METRICS.path]: (body, encoding) => ({
    ...NOTHING,
    metricCount: encoding === 'json' ? countMetricsJson(String(body)) : countRecords(body),
  }),
};

/** What would be read into objects, metrics apart: those are only counted where they are no JSON. */
const MESSAGES = {
  [LOGS.path]: 'ExportLogsServiceRequest',
  [TRACES.path]: 'ExportTraceServiceRequest',
} as const;

/** Messages of protobuf, or values of JSON: some 20,000 records with ten attributes each. */
const MAX_PARTS = 500_000;

const useBody = createBodyReader();

/** @throws RequestFault for whatever is wrong with it. */
export async function readRequest(incoming: IncomingMessage): Promise<Delivery> {
  const { method, url = '' } = incoming;
  const path = url.split('?', 1)[0]!;
  const read = Object.hasOwn(READERS, path) ? READERS[path]! : undefined;
  if (!read) {
    throw new RequestFault(404, `${path} is none of ${Object.keys(READERS).join(', ')}.`);
  }
  if (method !== 'POST') throw new RequestFault(405, `${method} is not POST.`);
  const encoding = encodingOf(incoming);
  if (!encoding) {
    const type = incoming.headers['content-type'];
    throw new RequestFault(415, `${type} is neither application/x-protobuf nor application/json.`);
  }
  return useBody(incoming, body => {
    try {
      checkParts(path, body, encoding);
      return read(body, encoding);
    } catch (error) {
      if (error instanceof RequestFault) throw error;
      throw new RequestFault(400, `The body cannot be read: ${(error as Error).message}.`);
    }
  });
}

function checkParts(path: string, body: Buffer, encoding: Encoding): void {
  const name = Object.hasOwn(MESSAGES, path) ? MESSAGES[path as keyof typeof MESSAGES] : undefined;
  if (!name && encoding === 'protobuf') return;
  const type = name && encoding === 'protobuf' ? messageType(name) : undefined;
  if (!hasMoreParts(body, MAX_PARTS, type)) return;
  throw new RequestFault(413, `A request takes at most ${MAX_PARTS} fields, lists and values.`);
}

export function encodingOf({ headers }: IncomingMessage): Encoding | undefined {
  const type = /^[^;\s]*/.exec(headers['content-type'] ?? '')?.[0].toLowerCase();
  if (type === 'application/x-protobuf') return 'protobuf';
  return type === 'application/json' ? 'json' : undefined;
}
