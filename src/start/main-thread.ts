import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { followWorkers } from '../application-workers.js';
import { attempt } from '../attempt.js';
import { type Config, exporterEnvironment } from '../config.js';
import { apiDoor, openApiDoor } from '../context/api-door.js';
import { LogContext } from '../context/log-context.js';
import { atomicLoad } from '../convert/intrinsics.js';
import { watchLevelSignal } from '../lifecycle/level-signal.js';
import { ProcessEnd } from '../lifecycle/process-end.js';
import type { LogRecord } from '../log-record.js';
import { ExporterThread } from '../pipeline/exporter-thread.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { argumentTexts } from '../pipeline/process-facts.js';
import {
  CONTROL_SLOTS,
  ENVIRONMENT_DATA_KEY,
  IS_STARTED,
  NOBODY_LISTENS,
  RING_BYTES,
  type SharedPipeline,
  SPAN_STREAM,
  SPOOL_GENERATION,
  SPOOL_OFF,
} from '../pipeline/protocol.js';
import { type AnnouncedRings, followAnnouncedRings } from '../pipeline/ring-announcements.js';
import { createRingBuffer } from '../pipeline/ring-buffer.js';
import { SpanPipeline } from '../pipeline/span-pipeline.js';
import { handToThread } from '../propagation/start-propagation.js';
import { startRules } from '../rules/start-rules.js';
import { say } from '../self-report.js';
import { markEnded } from '../spool/ended-mark.js';
import { lazySpoolPlace } from '../spool/lazy-spool-place.js';
import { lookForOrphansLater } from '../spool/look-for-orphans.js';
import { under } from '../spool/place.js';
import { sayWhose } from '../spool/say-whose.js';
import { spillRings } from '../spool/spill.js';
import { spoolName } from '../spool/spool-name.js';
import { WriteThrough } from '../spool/write-through.js';
import { startBridges } from './bridges.js';

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
    // As the exporter thread takes it, with the first record: whose they are may not differ.
    sayWhose(path, packageFolder, { argv: argumentTexts(), env, instanceId });
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
  const follow = () => pipeline.begin();
  const rules = startRules({ config, packageFolder, control: slots, source: config.rules, follow });
  const write = (record: LogRecord) => {
    pipeline.write(record);
    // Too late for the last wait: it waits for itself.
    if (end.isEnding) end.flushLast();
  };
  const spans = new SpanPipeline({
    control: spanControl,
    start: spanRing => {
      exporter.addRing({ ringId: MAIN_STREAM + SPAN_STREAM, ring: spanRing });
      exporter.start();
    },
  });
  const started = startBridges({ config, packageFolder, context, rules, write, spans });
  const { crash, path, activeSpan, runWithMessage, endSpans } = started;
  const handOver = () => handToThread(started.outgoing);
  let announced: AnnouncedRings | undefined;
  const flush = (timeoutMs: number) => {
    path.settle();
    announced?.collect();
    return exporter.flushLater(timeoutMs);
  };
  openApiDoor(apiDoor(context, { flush, activeSpan, runWithMessage }));
  const spoolPath = () => {
    const generation = atomicLoad(slots, SPOOL_GENERATION);
    const place = generation === SPOOL_OFF ? undefined : spoolPlace();
    return place && under(place.folder, spoolName(place, generation));
  };
  // For `otel-register run`, and nobody else.
  const mayLeaveMark = () => config.runId !== undefined && atomicLoad(slots, IS_STARTED) === 1;
  const end = new ProcessEnd({
    exitTimeoutMs: config.exitTimeoutMs,
    letGo: () => path.end(),
    flush: timeoutMs => {
      attempt(endSpans);
      announced?.collect();
      return exporter.flush(timeoutMs, true);
    },
    keepRest: () => {
      const path = spoolPath();
      if (path === undefined) return;
      const rings = exporter.recordRings;
      spillRings({ path, rings, scopes: exporter.scopeEntries(), prepare });
    },
    leave: () => {
      const path = mayLeaveMark() ? spoolPath() : undefined;
      if (path !== undefined) markEnded(path);
    },
    resume: () => {
      path.resume();
      exporter.resume();
    },
    crash,
  });
  end.install();
  if (config.levelSignal) watchLevelSignal(config.levelSignal, () => rules.toggleLevel());
  if (config.hasSpool) lookForOrphansLater(config, instanceId, () => exporter.start());

  setEnvironmentData(ENVIRONMENT_DATA_KEY, NOBODY_LISTENS);
  const onFirst = () => {
    const shared: SharedPipeline = {
      control,
      spanControl,
      channelName,
      spool: spoolPlace(),
      argv: argumentTexts(),
      rules: config.rules,
    };
    setEnvironmentData(ENVIRONMENT_DATA_KEY, shared as never);
    announced = followAnnouncedRings(channelName, announcement => {
      exporter.addRing(announcement);
      exporter.start();
    });
  };
  followWorkers(join(packageFolder, 'register.cjs'), onFirst, handOver);
}

function mayStartWorkers(): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission?.has('worker') ?? true;
}
