import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type RingAnnouncement, SPAN_STREAM } from './protocol.js';

/** Whether a ring holds spans. */
function isOfSpans({ ringId }: RingAnnouncement): boolean {
  return ringId >= SPAN_STREAM;
}

/**
 * Rings that were announced to the exporter thread, of records and of spans by the same ports. Who
 * asks for the ones has the others in hand as well, and there will be no event for them.
 */
export class Announced {
  readonly #ports: readonly MessagePort[];
  readonly #onLeft: () => void;
  #records: RingAnnouncement[] = [];
  #spans: RingAnnouncement[] = [];

  /** @param onLeft Called soon when there are some nobody asked for. */
  constructor(ports: readonly MessagePort[], onLeft: () => void) {
    this.#ports = ports;
    this.#onLeft = onLeft;
  }

  /** What is there now, with or without an event. */
  takeRecords(): RingAnnouncement[] {
    this.#receive();
    const taken = this.#records;
    this.#records = [];
    if (this.#spans.length > 0) setImmediate(this.#onLeft);
    return taken;
  }

  takeSpans(): RingAnnouncement[] {
    this.#receive();
    const taken = this.#spans;
    this.#spans = [];
    if (this.#records.length > 0) setImmediate(this.#onLeft);
    return taken;
  }

  #receive(): void {
    for (const port of this.#ports) {
      for (;;) {
        const received = receiveMessageOnPort(port);
        if (received === undefined) break;
        this.add(received.message as RingAnnouncement);
      }
    }
  }

  /** By an event, or from the start. */
  add(announcement: RingAnnouncement): void {
    (isOfSpans(announcement) ? this.#spans : this.#records).push(announcement);
  }
}
