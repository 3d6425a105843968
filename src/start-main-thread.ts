import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { followWorkers } from './application-workers.js';
import { type Config, exporterEnvironment } from './config.js';
import { ProcessEnd } from './lifecycle/process-end.js';
import { ExporterThread } from './pipeline/exporter-thread.js';
import { Pipeline } from './pipeline/pipeline.js';
import {
  CONTROL_SLOTS,
  ENVIRONMENT_DATA_KEY,
  IS_ENDING,
  NOBODY_LISTENS,
  RING_BYTES,
  type SharedPipeline,
} from './pipeline/protocol.js';
import { createRingBuffer } from './pipeline/ring.js';
import { type AnnouncedRings, followAnnouncedRings } from './pipeline/ring-announcements.js';
import { say } from './self-report.js';
import { startBridges } from './start-bridges.js';

/** The main thread owns the exporter thread and the end of the process. */
export function startMainThread(config: Config, packageFolder: string): void {
  if (!mayStartWorkers()) {
    say(
      'no-worker',
      'This process may not start worker threads (--permission without --allow-worker), so its logs are not exported.',
    );
    return;
  }
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const slots = new Int32Array(control);
  const channelName = `otel-register-${randomUUID()}`;
  const exporter = new ExporterThread({
    control,
    channelName,
    config,
    packageFolder,
    environment: () => exporterEnvironment(process.env, config),
  });
  const ring = createRingBuffer(RING_BYTES);
  exporter.addRing({ ringId: 0, ring });
  const pipeline = new Pipeline({ control, ring, start: () => exporter.start() });

  const crash = startBridges(config, packageFolder, record => {
    pipeline.write(record);
    // Too late for the last wait: it waits for itself.
    if (end.isEnding) end.flushLast();
  });
  let announced: AnnouncedRings | undefined;
  const end = new ProcessEnd({
    exitTimeoutMs: config.exitTimeoutMs,
    flush: timeoutMs => {
      announced?.collect();
      return exporter.flush(timeoutMs, true);
    },
    resume: () => Atomics.store(slots, IS_ENDING, 0),
    crash,
  });
  end.install();

  setEnvironmentData(ENVIRONMENT_DATA_KEY, NOBODY_LISTENS);
  followWorkers(join(packageFolder, 'register.cjs'), () => {
    const shared: SharedPipeline = { control, channelName };
    setEnvironmentData(ENVIRONMENT_DATA_KEY, shared as never);
    announced = followAnnouncedRings(channelName, announcement => {
      exporter.addRing(announcement);
      exporter.start();
    });
  });
}

function mayStartWorkers(): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission?.has('worker') ?? true;
}
