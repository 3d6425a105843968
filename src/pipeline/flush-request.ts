import { monotonicMs } from './clock.js';
import { wakeExporter } from './pipeline.js';
import {
  FLUSH_DONE,
  FLUSH_FAILED,
  FLUSH_REQUESTED,
  HAS_RECORDS,
  UNSENT_RECORDS,
} from './protocol.js';

// Taken once: the application's tests may replace it by a timer that never fires.
const later = setTimeout;

/** Nobody notices such a wait, and a look costs next to nothing. */
const LOOK_EVERY_MS = 5;

/** Asks the exporter thread to send everything. Answers the ticket that `isFlushed` wants. */
export function requestFlush(control: Int32Array): number {
  const ticket = Atomics.add(control, FLUSH_REQUESTED, 1) + 1;
  wakeExporter(control);
  return ticket;
}

export function isFlushed(control: Int32Array, ticket: number): boolean {
  return Atomics.load(control, FLUSH_DONE) - ticket >= 0;
}

/** Of records, and of spans once there was one: before that nobody would answer. */
export type ControlsInUse = readonly [records: Int32Array, spans?: Int32Array];

export function controlsInUse(control: Int32Array, spanControl: Int32Array): ControlsInUse {
  return Atomics.load(spanControl, HAS_RECORDS) === 1 ? [control, spanControl] : [control];
}

/** As `flushLater`, of several at once. */
export async function flushAllLater(
  [control, spanControl]: ControlsInUse,
  timeoutMs: number,
): Promise<boolean> {
  const spans = spanControl === undefined || flushLater(spanControl, timeoutMs);
  return (await flushLater(control, timeoutMs)) && (await spans);
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
  return (
    Atomics.load(control, FLUSH_FAILED) !== ticket && Atomics.load(control, UNSENT_RECORDS) === 0
  );
}
