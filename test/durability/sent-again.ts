import { decodeLogs } from '../../src/receiver/received-log.js';
import { LOGS_PATH, type ReceivedRequest } from '../receiver/received-request.js';

interface Sending {
  /** The process whose records these are, or the connection of one that brings them from the spool. */
  readonly sender: string;
  readonly wasTaken: boolean;
  readonly records: readonly string[];
}

/**
 * Records that arrived more than once, although whoever sent them had gone on to its next request: it
 * knew that they were taken. Whose end comes before the answer does not know, and what it had sent
 * last, and nothing else, may come again.
 */
export function sentAgain(requests: readonly ReceivedRequest[]): string[] {
  const sendings = requests
    .filter(({ path, recordCount }) => path === LOGS_PATH && recordCount > 0)
    .map(request => sendingOf(request));
  const lastOf = new Map(sendings.map((sending, index) => [sending.sender, index]));
  const takenIn = new Map<string, number[]>();
  for (const [index, { wasTaken, records }] of sendings.entries()) {
    if (!wasTaken) continue;
    for (const record of records) takenIn.set(record, [...(takenIn.get(record) ?? []), index]);
  }
  const isKnown = (index: number) => lastOf.get(sendings[index]!.sender) !== index;
  return [...takenIn]
    .filter(([, indices]) => indices.slice(0, -1).some(isKnown))
    .map(([record]) => record);
}

function sendingOf({ body, status, remotePort }: ReceivedRequest): Sending {
  const logs = decodeLogs(body);
  const isReplayed = logs.some(({ attributes }) => attributes['log.record.uid'] !== undefined);
  const name = logs[0]!.resource['service.name'];
  return {
    sender: isReplayed ? `port ${remotePort}` : String(name),
    wasTaken: status !== undefined && status < 300,
    records: logs
      .filter(({ attributes }) => typeof attributes.seq === 'number')
      .map(({ attributes }) => `${name} ${attributes.seq}`),
  };
}
