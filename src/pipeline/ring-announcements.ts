import { BroadcastChannel, receiveMessageOnPort } from 'node:worker_threads';
import { atomicStore } from '../convert/intrinsics.js';
import { IS_STARTED, type RingAnnouncement } from './protocol.js';
import { wakeExporter } from './wake-exporter.js';

// How the rings of the application's worker threads reach the exporter thread. The main thread
// listens too: the exporter may not have been started when a worker thread logs its first line.

/** In a worker thread, with its first record. The main thread starts the exporter for it. */
export function announceRing(
  channelName: string,
  control: Int32Array,
  announcement: RingAnnouncement,
): void {
  atomicStore(control, IS_STARTED, 1);
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(announcement);
  channel.close();
  wakeExporter(control);
}

export interface AnnouncedRings {
  /** Takes in what was announced, now: the loop may not turn again. */
  collect(): void;
}

/** In the main thread. Does not keep the process alive. */
export function followAnnouncedRings(
  channelName: string,
  onRing: (announcement: RingAnnouncement) => void,
): AnnouncedRings {
  const channel = new BroadcastChannel(channelName);
  // Needed even where the end is waited for: a channel takes its messages off the queue with each
  // turn of the loop, listener or not, and `collect` would find nothing (Node 20 to 26).
  channel.onmessage = event => onRing((event as { data: RingAnnouncement }).data);
  channel.unref();
  return {
    collect() {
      for (;;) {
        const received = receiveMessageOnPort(channel as never);
        if (received === undefined) return;
        onRing(received.message as RingAnnouncement);
      }
    },
  };
}
