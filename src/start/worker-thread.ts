import { join } from 'node:path';
import { getEnvironmentData, threadId } from 'node:worker_threads';
import { followWorkers } from '../application-workers.js';
import { attempt } from '../attempt.js';
import { type Config, exporterEnvironment } from '../config.js';
import { apiDoor, openApiDoor } from '../context/api-door.js';
import { LogContext } from '../context/log-context.js';
import { atomicLoad } from '../convert/intrinsics.js';
import { watchProcess } from '../lifecycle/process-emit.js';
import { LogFields, type LogRecord } from '../log-record.js';
import { controlsInUse, flushAllLater } from '../pipeline/flush-request.js';
import { Pipeline } from '../pipeline/pipeline.js';
import {
  ENVIRONMENT_DATA_KEY,
  IS_STARTED,
  NOBODY_LISTENS,
  RING_BYTES,
  type SharedPipeline,
  SPAN_STREAM,
} from '../pipeline/protocol.js';
import { announceRing } from '../pipeline/ring-announcements.js';
import { createRingBuffer } from '../pipeline/ring-buffer.js';
import { SpanPipeline } from '../pipeline/span-pipeline.js';
import { handToThread } from '../propagation/start-propagation.js';
import { startRules } from '../rules/start-rules.js';
import { say } from '../self-report.js';
import { sayWhose } from '../spool/say-whose.js';
import { WriteThrough } from '../spool/write-through.js';
import { ownEnds } from '../thread-ends.js';
import { startBridges } from './bridges.js';

/** An application's worker thread has a ring of its own; the exporter is the main thread's. */
export function startWorkerThread(config: Config, packageFolder: string): void {
  const shared = getEnvironmentData(ENVIRONMENT_DATA_KEY) as
    | SharedPipeline
    | typeof NOBODY_LISTENS
    | undefined;
  if (shared === undefined) {
    say(
      'worker-only',
      'Preloaded in a worker thread alone, whose logs are not exported: preload the main thread.',
    );
    return;
  }
  if (shared === NOBODY_LISTENS) return;
  const { control, spanControl, channelName } = shared;
  const slots = new Int32Array(control);
  const ring = createRingBuffer(RING_BYTES);
  const ends = ownEnds();
  const constants = new LogFields();
  constants.add('thread.id', threadId);
  const through = new WriteThrough({
    control: slots,
    stream: threadId,
    maxSpoolBytes: config.maxSpoolBytes,
    place: () => shared.spool,
    prepare: path => {
      const env = exporterEnvironment(process.env, config);
      sayWhose(path, packageFolder, { argv: shared.argv, env, instanceId: shared.spool!.stem });
    },
  });
  const pipeline = new Pipeline({
    control,
    ring,
    through: { severity: config.writeThroughSeverity, to: through },
    constants,
    start: () => announceRing(channelName, slots, { ringId: threadId, ring, ends }),
  });

  const context = new LogContext();
  const follow = () => pipeline.begin();
  const rules = startRules({ config, packageFolder, control: slots, source: shared.rules, follow });
  const write = (record: LogRecord) => pipeline.write(record);
  const spans = new SpanPipeline({
    control: spanControl,
    start: spanRing =>
      announceRing(channelName, slots, { ringId: threadId + SPAN_STREAM, ring: spanRing, ends }),
  });
  const started = startBridges({ config, packageFolder, context, rules, write, spans });
  const { crash, path, activeSpan, runWithMessage, endSpans } = started;
  const spanSlots = new Int32Array(spanControl);
  const handOver = () => handToThread(started.outgoing);
  const flush = async (timeoutMs: number) => {
    path.settle();
    // Whatever other threads have logged is waited for, too.
    return (
      atomicLoad(slots, IS_STARTED) === 0 ||
      flushAllLater(controlsInUse(slots, spanSlots), timeoutMs)
    );
  };
  openApiDoor(apiDoor(context, { flush, activeSpan, runWithMessage }));
  const end = () => {
    attempt(() => crash.settle(true));
    attempt(endSpans);
    attempt(() => path.end());
  };
  watchProcess({
    afterExitListeners: end,
    onThrown: (error, origin) => crash.onThrown(error, origin),
    afterThrown: wasHandled => crash.settle(!wasHandled),
    onHandlerThrew: end,
  });
  followWorkers(join(packageFolder, 'register.cjs'), () => {}, handOver);
}
