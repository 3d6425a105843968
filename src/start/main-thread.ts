import { attempt } from '../attempt.js';
import type { Config } from '../config.js';
import { watchLevelSignal } from '../lifecycle/level-signal.js';
import { ProcessEnd } from '../lifecycle/process-end.js';
import { RING_BYTES } from '../pipeline/protocol.js';
import { createRingBuffer } from '../pipeline/ring-buffer.js';
import { say } from '../self-report.js';
import { lookForOrphansLater } from '../spool/look-for-orphans.js';
import { ProcessDelivery } from './process-delivery.js';
import { followThreadsOf, startThread, type Thread } from './thread.js';

/** Worker threads have their `threadId`, which is never 0. */
const MAIN_STREAM = 0;

/** The main thread owns the exporter thread and the end of the process. */
export function startMainThread(config: Config, packageFolder: string): void {
  if (!mayStartWorkers()) {
    say(
      'no-worker',
      'This process may not start worker threads (--permission without --allow-worker), so its logs are not exported.',
    );
    return;
  }
  const delivery = new ProcessDelivery(config, packageFolder);
  const { exporter, instanceId } = delivery;
  let end: ProcessEnd | undefined;
  const thread = startThread({
    config,
    packageFolder,
    control: delivery.control,
    spanControl: delivery.spanControl,
    stream: MAIN_STREAM,
    ring: firstRing(delivery),
    rules: config.rules,
    spoolPlace: delivery.spoolPlace,
    sayWhose: path => delivery.sayWhose(path),
    begin: () => exporter.start(),
    beginSpans: ring => delivery.take(ring),
    afterRecord() {
      // Too late for the last wait: it waits for itself.
      if (end?.isEnding) end.flushLast();
    },
    flush(timeoutMs) {
      delivery.collectRings();
      return exporter.flushLater(timeoutMs);
    },
  });
  end = endOf(thread, delivery, config);
  end.install();
  if (config.levelSignal) watchLevelSignal(config.levelSignal, () => thread.rules.toggleLevel());
  if (config.hasSpool) lookForOrphansLater(config, instanceId, () => exporter.start());

  delivery.keepToItself();
  followThreadsOf(thread, packageFolder, () => delivery.openToThreads());
}

function mayStartWorkers(): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission?.has('worker') ?? true;
}

// Known to the exporter before it starts, whoever starts it, and to the end where it never did.
function firstRing({ exporter }: ProcessDelivery): SharedArrayBuffer {
  const ring = createRingBuffer(RING_BYTES);
  exporter.addRing({ ringId: MAIN_STREAM, ring });
  return ring;
}

function endOf(
  { path, crash, endSpans }: Thread,
  delivery: ProcessDelivery,
  { exitTimeoutMs }: Config,
): ProcessEnd {
  const { exporter } = delivery;
  return new ProcessEnd({
    exitTimeoutMs,
    letGo: () => path.end(),
    flush(timeoutMs) {
      attempt(endSpans);
      delivery.collectRings();
      return exporter.flush(timeoutMs, true);
    },
    keepRest: () => delivery.keepRest(),
    leave: () => delivery.markEnded(),
    resume() {
      path.resume();
      exporter.resume();
    },
    crash,
  });
}
