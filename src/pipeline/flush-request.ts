import { atomicAdd, atomicLoad } from '../convert/intrinsics.js';
import { monotonicMs } from './clock.js';
import {
  FLUSH_DELIVERED,
  FLUSH_DONE,
  FLUSH_OUTCOME,
  FLUSH_REQUESTED,
  HAS_RECORDS,
} from './protocol.js';
import { wakeExporter } from './wake-exporter.js';

// Taken once: the application's tests may replace it by a timer that never fires.
const later = setTimeout;

/** Nobody notices such a wait, and a look costs next to nothing. */
const LOOK_EVERY_MS = 5;

/** Asks the exporter thread to send everything. Answers the ticket to wait for. */
export function requestFlush(control: Int32Array): number {
  const ticket = atomicAdd(control, FLUSH_REQUESTED, 1) + 1;
  wakeExporter(control);
  return ticket;
}

function isFlushed(control: Int32Array, ticket: number): boolean {
  return atomicLoad(control, FLUSH_DONE) - ticket >= 0;
}

/** Of records, and of spans once there was one: before that nobody would answer. */
export interface ControlsInUse {
  readonly records: Int32Array;
  readonly spans: Int32Array | undefined;
}

export function controlsInUse(records: Int32Array, spanControl: Int32Array): ControlsInUse {
  return { records, spans: atomicLoad(spanControl, HAS_RECORDS) === 1 ? spanControl : undefined };
}

/** As `flushLater`, of several at once. */
export async function flushAllLater(
  { records, spans }: ControlsInUse,
  timeoutMs: number,
): Promise<boolean> {
  const areSpansDone = spans === undefined || flushLater(spans, timeoutMs);
  return (await flushLater(records, timeoutMs)) && (await areSpansDone);
}

/**
 * Resolves whether everything was delivered in time. By looking again and again, from any thread: a
 * promise of `Atomics.waitAsync` would not keep the process alive until it is settled.
 */
export async function flushLater(control: Int32Array, timeoutMs: number): Promise<boolean> {
  const deadline = monotonicMs() + timeoutMs;
  const ticket = requestFlush(control);
  while (!isFlushed(control, ticket)) {
    if (monotonicMs() >= deadline) return false;
    await new Promise(resolve => later(resolve, LOOK_EVERY_MS));
  }
  return atomicLoad(control, FLUSH_OUTCOME) === FLUSH_DELIVERED;
}
