import { BroadcastChannel, receiveMessageOnPort } from 'node:worker_threads';
import { wakeExporter } from './pipeline.js';
import { type RingAnnouncement, START_REQUESTED } from './protocol.js';

// How the rings of the application's worker threads reach the exporter thread. The main thread
// listens too: the exporter may not have been started when a worker thread logs its first line.

/** In a worker thread, with its first record. */
export function announceRing(
  channelName: string,
  control: Int32Array,
  announcement: RingAnnouncement,
): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(announcement);
  channel.close();
  Atomics.add(control, START_REQUESTED, 1);
  Atomics.notify(control, START_REQUESTED);
  wakeExporter(control);
}

export interface AnnouncedRings {
  /** Takes in what was announced, now: the loop may not turn again. */
  collect(): void;
}

/** In the main thread. Does not keep the process alive. */
export function followAnnouncedRings(
  channelName: string,
  control: Int32Array,
  onRing: (announcement: RingAnnouncement) => void,
): AnnouncedRings {
  const channel = new BroadcastChannel(channelName);
  channel.unref();
  const collect = () => {
    for (;;) {
      const received = receiveMessageOnPort(channel as never);
      if (received === undefined) return;
      onRing(received.message as RingAnnouncement);
    }
  };
  watchStartRequests(control, collect);
  return { collect };
}

// Not by an event of the channel: a listener there keeps the process alive.
function watchStartRequests(control: Int32Array, collect: () => void): void {
  const seen = Atomics.load(control, START_REQUESTED);
  const waiting = Atomics.waitAsync(control, START_REQUESTED, seen);
  if (!waiting.async) return;
  waiting.value.then(() => {
    collect();
    watchStartRequests(control, collect);
  });
}
