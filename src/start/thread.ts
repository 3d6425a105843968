import { join } from 'node:path';
import { followWorkers } from '../application-workers.js';
import type { Config } from '../config.js';
import { apiDoor, openApiDoor } from '../context/api-door.js';
import { LogContext } from '../context/log-context.js';
import type { LogFields, LogRecord } from '../log-record.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { type RingAnnouncement, SPAN_STREAM } from '../pipeline/protocol.js';
import { SpanPipeline } from '../pipeline/span-pipeline.js';
import { handToThread } from '../propagation/start-propagation.js';
import type { LiveRules } from '../rules/live-rules.js';
import type { RulesSource } from '../rules/source.js';
import { startRules } from '../rules/start-rules.js';
import type { SpoolPlace } from '../spool/place.js';
import { WriteThrough } from '../spool/write-through.js';
import { type Bridges, startBridges } from './bridges.js';

/** What makes one thread different from the others. */
export interface ThreadOptions {
  readonly config: Config;
  readonly packageFolder: string;
  readonly control: SharedArrayBuffer;
  readonly spanControl: SharedArrayBuffer;
  /** Of its records; that of its spans follows from it. */
  readonly stream: number;
  readonly ring: SharedArrayBuffer;
  /** undefined for none. */
  readonly rules: RulesSource | undefined;
  /** On every record of it. */
  readonly constants?: LogFields;
  /** undefined for none. */
  spoolPlace(): SpoolPlace | undefined;
  /** In a folder of the spool that is new: says whose records these will be. */
  sayWhose(path: string): void;
  /** Has the ring emptied, from its first record on. */
  begin(): void;
  /** The same of its spans. */
  beginSpans(ring: RingAnnouncement): void;
  /** After each record. */
  afterRecord?(): void;
  /** Resolves to whether all was delivered that was logged before. */
  flush(timeoutMs: number): Promise<boolean>;
}

export interface Thread extends Bridges {
  readonly rules: LiveRules;
}

/** From what a thread logs to what leaves it: bridges, rules, rings, and the door of the API. */
export function startThread(options: ThreadOptions): Thread {
  const { config, packageFolder, control, spanControl, stream } = options;
  const pipeline = createPipeline(options);
  const spans = new SpanPipeline({
    control: spanControl,
    start: ring => options.beginSpans({ ringId: stream + SPAN_STREAM, ring }),
  });
  const context = new LogContext();
  const rules = startRules({
    config,
    packageFolder,
    control: new Int32Array(control),
    source: options.rules,
    follow: () => pipeline.begin(),
  });
  const write = (record: LogRecord) => {
    pipeline.write(record);
    options.afterRecord?.();
  };
  const bridges = startBridges({ config, packageFolder, context, rules, write, spans });
  const { path, activeSpan, runWithMessage } = bridges;
  const flush = (timeoutMs: number) => {
    path.settle();
    return options.flush(timeoutMs);
  };
  openApiDoor(apiDoor(context, { flush, activeSpan, runWithMessage }));
  return { ...bridges, rules };
}

/** Preloads the worker threads that this one makes. */
export function followThreadsOf(
  { outgoing }: Thread,
  packageFolder: string,
  onFirst: () => void = () => {},
): void {
  const handOver = () => handToThread(outgoing);
  followWorkers(join(packageFolder, 'register.cjs'), onFirst, handOver);
}

function createPipeline(options: ThreadOptions): Pipeline {
  const { config, control, stream, ring, constants } = options;
  const to = new WriteThrough({
    control: new Int32Array(control),
    stream,
    maxSpoolBytes: config.maxSpoolBytes,
    place: options.spoolPlace,
    prepare: options.sayWhose,
  });
  return new Pipeline({
    control,
    ring,
    through: { severity: config.writeThroughSeverity, to },
    ...(constants !== undefined && { constants }),
    start: options.begin,
  });
}
