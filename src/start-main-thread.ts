import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { followWorkers } from './application-workers.js';
import { type Config, exporterEnvironment } from './config.js';
import { apiDoor, openApiDoor } from './context/api-door.js';
import { LogContext } from './context/log-context.js';
import { ProcessEnd } from './lifecycle/process-end.js';
import type { LogRecord } from './log-record.js';
import { ExporterThread } from './pipeline/exporter-thread.js';
import { Pipeline } from './pipeline/pipeline.js';
import {
  CONTROL_SLOTS,
  ENVIRONMENT_DATA_KEY,
  NOBODY_LISTENS,
  RING_BYTES,
  type SharedPipeline,
  SPAN_STREAM,
  SPOOL_GENERATION,
  SPOOL_OFF,
} from './pipeline/protocol.js';
import { createRingBuffer } from './pipeline/ring.js';
import { type AnnouncedRings, followAnnouncedRings } from './pipeline/ring-announcements.js';
import { SpanPipeline } from './pipeline/span-pipeline.js';
import { say } from './self-report.js';
import { lazySpoolPlace } from './spool/lazy-spool-place.js';
import { lookForOrphansLater } from './spool/look-for-orphans.js';
import { spillRings } from './spool/spill.js';
import { spoolName } from './spool/spool-name.js';
import { WriteThrough } from './spool/write-through.js';
import { startBridges } from './start-bridges.js';

type EarlyResource = typeof import('./spool/early-resource.js');

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
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const spanControl = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const slots = new Int32Array(control);
  const channelName = `otel-register-${randomUUID()}`;
  const instanceId = randomUUID();
  const spoolPlace = lazySpoolPlace(config, instanceId);
  const exporter = new ExporterThread({
    control,
    spanControl,
    channelName,
    config,
    instanceId,
    spoolPlace,
    packageFolder,
    environment: () => exporterEnvironment(process.env, config),
  });
  const ring = createRingBuffer(RING_BYTES);
  exporter.addRing({ ringId: MAIN_STREAM, ring });
  const prepare = (path: string) => {
    const env = exporterEnvironment(process.env, config);
    loadEarlyResource(packageFolder).writeEarlyResource(path, { env, instanceId });
  };
  const through = new WriteThrough({
    control: slots,
    stream: MAIN_STREAM,
    maxSpoolBytes: config.maxSpoolBytes,
    place: spoolPlace,
    prepare,
  });
  const pipeline = new Pipeline({
    control,
    ring,
    through: { severity: config.writeThroughSeverity, to: through },
    start: () => exporter.start(),
  });

  const context = new LogContext();
  const write = (record: LogRecord) => {
    pipeline.write(record);
    // Too late for the last wait: it waits for itself.
    if (end.isEnding) end.flushLast();
  };
  const { crash, endSpans } = startBridges({
    config,
    packageFolder,
    context,
    write,
    spans: new SpanPipeline({
      control: spanControl,
      start: spanRing => {
        exporter.addRing({ ringId: MAIN_STREAM + SPAN_STREAM, ring: spanRing });
        exporter.start();
      },
    }),
  });
  openApiDoor(apiDoor(context, timeoutMs => exporter.flushLater(timeoutMs)));
  let announced: AnnouncedRings | undefined;
  const end = new ProcessEnd({
    exitTimeoutMs: config.exitTimeoutMs,
    flush: timeoutMs => {
      endSpans();
      announced?.collect();
      return exporter.flush(timeoutMs, true);
    },
    keepRest: () => {
      const generation = Atomics.load(slots, SPOOL_GENERATION);
      const place = generation === SPOOL_OFF ? undefined : spoolPlace();
      if (place === undefined) return;
      const path = join(place.folder, spoolName(place, generation));
      const rings = [...exporter.rings].filter(({ ringId }) => ringId < SPAN_STREAM);
      spillRings({ path, rings, scopes: exporter.scopeEntries(), prepare });
    },
    resume: () => exporter.resume(),
    crash,
  });
  end.install();
  lookForOrphansLater(spoolPlace, () => exporter.start());

  setEnvironmentData(ENVIRONMENT_DATA_KEY, NOBODY_LISTENS);
  followWorkers(join(packageFolder, 'register.cjs'), () => {
    const shared: SharedPipeline = { control, spanControl, channelName, spool: spoolPlace() };
    setEnvironmentData(ENVIRONMENT_DATA_KEY, shared as never);
    announced = followAnnouncedRings(channelName, announcement => {
      exporter.addRing(announcement);
      exporter.start();
    });
  });
}

function loadEarlyResource(packageFolder: string): EarlyResource {
  const file = join(packageFolder, 'early-resource.cjs');
  return createRequire(file)(file) as EarlyResource;
}

function mayStartWorkers(): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission?.has('worker') ?? true;
}
