import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../config.js';
import { monotonicMs } from '../pipeline/clock.js';
import { Outgoing } from '../pipeline/outgoing.js';
import { Sender } from '../pipeline/send.js';
import { MAX_BATCH_BYTES } from '../pipeline/supply.js';
import type { Orphan } from './orphan.js';
import { Orphans } from './orphans.js';
import { openDestination } from './place.js';

/** Between two attempts: the time is short. */
const RETRY_MS = 100;

/**
 * Delivers what the processes of one run have left in the spool, now that they are dead. What there
 * is no time for stays there, for whoever comes next.
 */
export async function deliverLeftovers({
  runId,
  timeoutMs,
}: {
  readonly runId: string;
  readonly timeoutMs: number;
}): Promise<void> {
  const { config } = readConfig(process.env);
  if (config.isDisabled || !config.hasSpool) return;
  const deadlineMs = monotonicMs() + timeoutMs;
  const orphans = new Orphans({
    folder: openDestination(config),
    ownStem: 'none',
    claimer: randomUUID(),
    maxAgeMs: config.maxSpoolAgeMs,
  });
  const sender = new Sender(config.logsUrl);
  for (const name of orphans.namesOfRun(runId)) {
    const orphan = orphans.claim(name);
    if (orphan === undefined) continue;
    const isOver = await deliver(orphan, sender, config.maxBatchRecords, deadlineMs);
    if (!isOver) return orphan.close();
    orphan.remove();
  }
}

/** @returns Whether it was delivered to the end. */
async function deliver(
  orphan: Orphan,
  sender: Sender,
  maxRecords: number,
  deadlineMs: number,
): Promise<boolean> {
  const outgoing = new Outgoing();
  for (;;) {
    outgoing.records.clear();
    orphan.take(outgoing.records, MAX_BATCH_BYTES, maxRecords);
    outgoing.begin();
    if (outgoing.partRecords === 0) return true;
    while (outgoing.partRecords > 0) {
      const leftMs = deadlineMs - monotonicMs();
      if (leftMs <= 0) return false;
      const outcome = await sender.send(outgoing.body(orphan.resource), leftMs);
      if (outcome.kind === 'accepted') outgoing.accepted();
      else if (outcome.kind === 'refused') outgoing.refused(outcome.mayBeOneRecord);
      else await sleep(Math.min(RETRY_MS, Math.max(0, deadlineMs - monotonicMs())));
    }
    orphan.settle(outgoing.records);
  }
}
