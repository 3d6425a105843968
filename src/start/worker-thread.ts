import { getEnvironmentData, threadId } from 'node:worker_threads';
import { attempt } from '../attempt.js';
import { type Config, exporterEnvironment } from '../config.js';
import { atomicLoad } from '../convert/intrinsics.js';
import { watchProcess } from '../lifecycle/process-emit.js';
import { LogFields } from '../log-record.js';
import { controlsInUse, flushAllLater } from '../pipeline/flush-request.js';
import {
  ENVIRONMENT_DATA_KEY,
  IS_STARTED,
  NOBODY_LISTENS,
  RING_BYTES,
  type RingAnnouncement,
  type SharedPipeline,
} from '../pipeline/protocol.js';
import { announceRing } from '../pipeline/ring-announcements.js';
import { createRingBuffer } from '../pipeline/ring-buffer.js';
import { say } from '../self-report.js';
import { sayWhose } from '../spool/say-whose.js';
import { ownEnds } from '../thread-ends.js';
import { followThreadsOf, startThread, type Thread } from './thread.js';

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
  const { control, spanControl, rules, argv, spool } = shared;
  const ring = createRingBuffer(RING_BYTES);
  const ends = ownEnds();
  const announce = (announcement: RingAnnouncement) =>
    announceRing(shared.channelName, new Int32Array(control), { ...announcement, ends });
  const thread = startThread({
    config,
    packageFolder,
    control,
    spanControl,
    stream: threadId,
    ring,
    rules,
    constants: threadAttributes(),
    spoolPlace: () => spool,
    sayWhose(path) {
      const env = exporterEnvironment(process.env, config);
      sayWhose(path, packageFolder, { argv, env, instanceId: spool!.stem });
    },
    begin: () => announce({ ringId: threadId, ring }),
    beginSpans: announce,
    flush: timeoutMs => flushAll(shared, timeoutMs),
  });
  watchEnd(thread);
  followThreadsOf(thread, packageFolder);
}

function threadAttributes(): LogFields {
  const constants = new LogFields();
  constants.add('thread.id', threadId);
  return constants;
}

// Whatever other threads have logged is waited for, too.
async function flushAll(shared: SharedPipeline, timeoutMs: number): Promise<boolean> {
  const control = new Int32Array(shared.control);
  if (atomicLoad(control, IS_STARTED) === 0) return true;
  return flushAllLater(controlsInUse(control, new Int32Array(shared.spanControl)), timeoutMs);
}

function watchEnd({ crash, path, endSpans }: Thread): void {
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
}
