// What the application's threads and the exporter thread agree on. Imports nothing but types.

import type { MetricsConfig } from '../config/metrics.js';
import type { TracesDelivery } from '../config/traces.js';
import type { RulesSource } from '../rules/source.js';
import type { SpoolPlace } from '../spool/place.js';

/** Slots of the control block, an Int32Array on one SharedArrayBuffer a process. */
export const EXPORTER_STATE = 0;
/** Raised by whoever wants everything sent; the exporter copies it to FLUSH_DONE when nothing more can be done. */
export const FLUSH_REQUESTED = 1;
export const FLUSH_DONE = 2;
/** What became of the flush that was answered last, and of all before it. */
export const FLUSH_OUTCOME = 3;
/** 1 once the collector has taken anything. */
export const HAS_DELIVERED = 4;
/** 1 when the process is ending: no retry will have time. */
export const IS_ENDING = 5;
/** Of the process's folder in the spool: counts up when a new one has to be begun. */
export const SPOOL_GENERATION = 6;
/** When the wait of an ending process is over, by `sharedMs`. */
export const END_DEADLINE = 7;
/** Counts up when the rules file, or the level, may have changed: records look here. */
export const RULES_GENERATION = 8;
/** 1 while a signal has lowered the least severity. */
export const IS_LEVEL_LOWERED = 9;
/** 1 once there is, or will soon be, an exporter thread: a flush has somebody to ask. */
export const IS_STARTED = 10;
/** 1 once there is a record: nobody need wait for those who never had one. */
export const HAS_RECORDS = 11;
export const CONTROL_SLOTS = 12;

/** Everything is delivered. */
export const FLUSH_DELIVERED = 0;
/** It was given up: something is left. */
export const FLUSH_LEFT_SOME = 1;
/** The exporter thread died: nothing is known of what it had taken. */
export const FLUSH_DIED = 2;

/** Added to a ring's number: the stream of what that ring had no room for, counted from 0. */
export const OVERFLOW_STREAM = 0x8000_0000;

/** In place of a generation: nothing can be kept on disk. */
export const SPOOL_OFF = -1;

/** The exporter looks at the rings by itself: nobody needs to wake it. */
export const AWAKE = 0;
/** Nothing to do: the next record wakes it. */
export const IDLE = 1;
/** Waiting for neighbours of a record, or for the collector: only a filling ring wakes it. */
export const LINGERING = 2;

/** A ring filled to this share wakes a lingering exporter. */
export const WAKE_SHARE = 1 / 8;

/**
 * Slots of a ring's header. Positions count bytes for ever, modulo 2^32; each sits on a cache line
 * of its own, because the two threads write them at the same time.
 */
export const RING_WRITTEN = 0;
export const RING_READ = 16;
/** How often RING_READ went past 2^32: whoever takes over from a dead exporter needs to know. */
export const RING_READ_LAPS = 17;
export const RING_DROPPED = 32;
/** Records that went to the file of the writer's thread instead; and how many of them were read. */
export const RING_OVERFLOWED = 33;
export const RING_OVERFLOW_READ = 18;
const RING_HEADER_SLOTS = 48;
export const RING_HEADER_BYTES = RING_HEADER_SLOTS * 4;

/** Frame: payload length (u32), then tag (u8), severity (u8), scope id (u16); padded to 8 bytes. */
export const FRAME_HEADER_BYTES = 8;
/** The rest of the ring up to its end holds nothing. */
export const TAG_SKIP = 0;
/** Payload is one encoded `LogRecord`. */
export const TAG_LOG = 1;
/** Payload defines the scope id: an encoded `ScopeLogs` without records. */
export const TAG_SCOPE = 2;

/** Payload is one encoded `Span`, of the scope that is defined as for a `LogRecord`: they differ in name only. */
export const TAG_SPAN = 3;

/** Whether a frame is something to deliver. */
export function isRecordTag(tag: number | undefined): boolean {
  return tag === TAG_LOG || tag === TAG_SPAN;
}

/** Of one application thread. Touched on use: the kernel gives pages as they are written. */
export const RING_BYTES = 4 * 1024 * 1024;
/** The same, for its spans, which have a ring of their own: a request makes a few, and may make many records. */
export const SPAN_RING_BYTES = 1024 * 1024;
/** Added to a ring's number: the same thread's ring of spans. */
export const SPAN_STREAM = 0x4000_0000;

/** Key of `setEnvironmentData`: application worker threads find the control block there. */
export const ENVIRONMENT_DATA_KEY = '@emp/otel-register';

/**
 * There until the application's first worker thread. So it is what a thread of Node's own finds, which
 * runs the hooks of `module.register()` and under `--require` is preloaded as well (Node 20 to 26).
 */
export const NOBODY_LISTENS = 'nobody listens';

/** What an application worker thread finds under that key. */
export interface SharedPipeline {
  readonly control: SharedArrayBuffer;
  /** Of the BroadcastChannel on which a thread announces its ring. */
  readonly channelName: string;
  /** undefined for none. */
  readonly spool: SpoolPlace | undefined;
  /** Control block of what exports spans. */
  readonly spanControl: SharedArrayBuffer;
  /** undefined for none. */
  readonly rules: RulesSource | undefined;
  /** Of the main thread. */
  readonly argv: readonly string[];
}

/** A thread's announcement of its ring. */
export interface RingAnnouncement {
  /** `threadId` of the writer. */
  readonly ringId: number;
  readonly ring: SharedArrayBuffer;
  /** Any of them set: nothing more will be written, and once drained the ring can be given up. */
  readonly ends?: readonly SharedArrayBuffer[];
}

/** `workerData` of the exporter thread. */
export interface ExporterStart extends SharedPipeline {
  readonly isOtelRegisterExporter: true;
  readonly rings: readonly RingAnnouncement[];
  /** `service.instance.id`: of the process, not of the thread, which may be restarted. */
  readonly instanceId: string;
  readonly execPath: string;
  readonly cwd: string;
  readonly logsUrl: string;
  /** undefined for none. */
  readonly traces: TracesDelivery | undefined;
  /** undefined for none. */
  readonly metrics: (MetricsConfig & { readonly bundle: string }) | undefined;
  readonly lingerMs: number;
  readonly intervalMs: number;
  readonly maxBatchRecords: number;
  readonly maxMemoryBytes: number;
  readonly maxSpoolBytes: number;
  readonly maxSpoolAgeMs: number;
  /** Scopes that streams have defined: see `ScopeBook`. */
  readonly scopes: SharedArrayBuffer;
  /** An exporter thread of this process has died. */
  readonly isSuccessor: boolean;
  readonly hasDiagnostics: boolean;
}
