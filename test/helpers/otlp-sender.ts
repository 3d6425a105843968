import { encodeMessage } from '../../src/receiver/otlp-messages.js';
import type { Receiver } from '../receiver/receiver.js';

type Fields = Readonly<Record<string, unknown>>;

/** A request with these log records, in protobufjs's plain-object form, under one scope. */
export function encodeLogs(logRecords: readonly Fields[], resource: Fields = {}): Uint8Array {
  const scopeLogs = [{ scope: { name: 'sender' }, logRecords }];
  return encodeMessage('ExportLogsServiceRequest', { resourceLogs: [{ resource, scopeLogs }] });
}

/** Sends a body as an exporter would. */
export function post(
  receiver: Receiver,
  body: Uint8Array,
  { path = '/v1/logs', method = 'POST', headers = {} as Readonly<Record<string, string>> } = {},
): Promise<Response> {
  return fetch(`${receiver.url}${path}`, {
    method,
    headers: { 'content-type': 'application/x-protobuf', ...headers },
    ...(method === 'POST' && { body: Buffer.from(body) }),
  });
}

/** Sends that many records, each with its number as its body. */
export function postLogs(receiver: Receiver, count = 1): Promise<Response> {
  const records = Array.from({ length: count }, (_, index) => ({ body: { intValue: index } }));
  return post(receiver, encodeLogs(records));
}
