import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, exporterEnvironment, readConfig } from '../config.js';
import { monotonicMs } from '../pipeline/clock.js';
import { DeliveryReport } from '../pipeline/delivery-report.js';
import { Outgoing } from '../pipeline/outgoing.js';
import type { Outcome } from '../pipeline/retry.js';
import { Sender } from '../pipeline/send.js';
import { MAX_BATCH_BYTES } from '../pipeline/supply.js';
import { silence } from '../self-report.js';
import { useEnvironment } from '../use-environment.js';
import { hasEndedInOrder } from './ended-mark.js';
import { foldersInUse } from './folders-in-use.js';
import type { Orphan } from './orphan.js';
import { Orphans } from './orphans.js';
import { HEARTBEAT_MS } from './own-spool.js';
import { findDestination } from './place.js';
import { sayDamaged } from './say-damaged.js';

/** Between two attempts: the time is short. */
const RETRY_MS = 100;
/** Whoever ended in good order has tried already, as long as there was time. */
const LAST_CHANCE_MS = 50;

export interface LeftoversOptions {
  /** `OTEL_REGISTER_RUN_ID` of the processes that may have left something. */
  readonly runId: string;
  /** Environment of the program. */
  readonly env: NodeJS.ProcessEnv;
  /** How long this may take at most. */
  readonly timeoutMs: number;
  /** The program had no time to deliver anything itself. */
  readonly wasSudden: boolean;
}

/**
 * Delivers what the processes of one run have left in the spool, now that they are dead. Those that
 * live on keep what is theirs: they are waited for, as long as there is time. What there is no time
 * for stays there, for whoever comes next.
 */
export async function deliverLeftovers(options: LeftoversOptions): Promise<void> {
  const { config } = readConfig(options.env);
  if (config.isDisabled || !config.hasSpool) return;
  const deadlineMs = monotonicMs() + options.timeoutMs;
  const lastChanceMs = monotonicMs() + timeForTried(options);
  const folder = findDestination(config);
  if (folder === undefined) return;
  const orphans = orphansIn(folder, config);
  useEnvironment(exporterEnvironment(options.env, config));
  if (!config.hasDiagnostics) silence();
  const means = meansOf(config);
  for (;;) {
    const names = orphans.namesOfRun(options.runId);
    if (names.length === 0) break;
    const inUse = foldersInUse(options.runId);
    for (const { name, hasTried } of untriedFirst(names, folder)) {
      const orphan = inUse.has(name) ? undefined : orphans.claim(name);
      if (orphan === undefined) continue;
      // Others take it for dead otherwise, as whoever left it.
      const heartbeat = setInterval(() => Orphans.keepAlive(orphan), HEARTBEAT_MS);
      const untilMs = hasTried ? lastChanceMs : deadlineMs;
      const isOver = await deliver(orphan, means, untilMs);
      clearInterval(heartbeat);
      if (!isOver) return orphan.close();
      orphan.remove();
      sayDamaged(orphan);
    }
    const leftMs = lastChanceMs - monotonicMs();
    if (leftMs <= 0 || !names.some(name => inUse.has(name))) break;
    await sleep(Math.min(RETRY_MS, leftMs));
  }
  means.report.atEnd(0, true);
}

interface Means {
  readonly sender: Sender;
  readonly maxRecords: number;
  readonly report: DeliveryReport;
}

// There is nobody to tell by metrics, and nothing is dropped here.
function meansOf({ logsUrl, maxBatchRecords }: Config): Means {
  const report = new DeliveryReport(logsUrl, { dropFull() {}, dropUnreadable() {} });
  return { sender: new Sender(logsUrl), maxRecords: maxBatchRecords, report };
}

function timeForTried({ wasSudden, timeoutMs }: LeftoversOptions): number {
  return wasSudden ? timeoutMs : Math.min(timeoutMs, LAST_CHANCE_MS);
}

// However the program ended: what was killed below it has not tried. It comes first.
function untriedFirst(names: readonly string[], folder: string) {
  const all = names.map(name => ({ name, hasTried: hasEndedInOrder(join(folder, name)) }));
  return [...all.filter(({ hasTried }) => !hasTried), ...all.filter(({ hasTried }) => hasTried)];
}

function orphansIn(folder: string, config: Config): Orphans {
  return new Orphans({
    folder,
    ownStem: 'none',
    claimer: randomUUID(),
    maxAgeMs: config.maxSpoolAgeMs,
    maxBytes: config.maxSpoolBytes,
  });
}

/** @returns Whether it was delivered to the end. */
async function deliver(
  orphan: Orphan,
  { sender, maxRecords, report }: Means,
  deadlineMs: number,
): Promise<boolean> {
  const outgoing = new Outgoing();
  for (;;) {
    outgoing.records.clear();
    orphan.take(outgoing.records, MAX_BATCH_BYTES, maxRecords);
    outgoing.begin();
    if (outgoing.partRecords === 0) return true;
    let reason = '';
    while (outgoing.partRecords > 0) {
      const leftMs = deadlineMs - monotonicMs();
      if (leftMs <= 0) return false;
      const outcome = await sender.send(outgoing.body(orphan.resource), leftMs);
      if (outcome.kind !== 'retryable') {
        reason = endPart(outgoing, outcome, report) ?? reason;
        continue;
      }
      const pauseMs = Math.max(RETRY_MS, outcome.retryAfterMs ?? 0);
      if (monotonicMs() + pauseMs >= deadlineMs) return false;
      await sleep(pauseMs);
    }
    if (outgoing.lost.total > 0) report.refused(outgoing.lost, reason);
    orphan.settle(outgoing.records);
  }
}

/** @returns Why it was refused, if it was. */
function endPart(
  outgoing: Outgoing,
  outcome: Exclude<Outcome, { kind: 'retryable' }>,
  report: DeliveryReport,
): string | undefined {
  if (outcome.kind === 'refused') {
    outgoing.refused(outcome.mayBeOneRecord);
    return outcome.reason;
  }
  const rejected = Math.min(outcome.rejectedRecords, outgoing.partRecords);
  if (rejected > 0) report.rejected(rejected, outcome.message);
  outgoing.accepted();
  return undefined;
}
