import { LogFields, newRecord, type Scope } from '../log-record.js';
import { packageVersion } from '../package-version.js';
import { WARN } from '../severity.js';
import { Clock, monotonicMs } from './clock.js';
import type { DeliveryReport } from './delivery-report.js';
import { Pipeline } from './pipeline.js';
import type { RingAnnouncement } from './protocol.js';
import { createRingBuffer } from './ring-buffer.js';
import type { SeverityTally } from './severity-tally.js';

const SCOPE: Scope = { name: '@emp/otel-register', version: packageVersion };
/** No thread has such an id. What an exporter thread tells is none of what its successor tells. */
const OWN_STREAM = 0xffff_fffe;
const SUCCESSORS_STREAM = OWN_STREAM - 1;
const RING_BYTES = 64 * 1024;
/** A collector that refuses every batch is not told of every batch. */
const LEAST_INTERVAL_MS = 60_000;

/**
 * Tells the collector, once it takes something again, what it did not get: a WARN for each reason.
 * Whoever reads the logs learns of the gap there, and not on a machine's stderr.
 */
export class LossRecord {
  readonly ring: RingAnnouncement;
  readonly #report: DeliveryReport;
  readonly #pipeline: Pipeline;
  readonly #clock = new Clock();
  #nextAtMs = 0;

  constructor(control: SharedArrayBuffer, report: DeliveryReport, isSuccessor = false) {
    const ring = createRingBuffer(RING_BYTES);
    this.ring = { ringId: isSuccessor ? SUCCESSORS_STREAM : OWN_STREAM, ring };
    this.#report = report;
    this.#pipeline = new Pipeline({ control, ring, start: () => {} });
  }

  /**
   * @param isLast There will be no other time.
   * @returns Whether there was anything to tell.
   */
  tell(isLast = false): boolean {
    const nowMs = monotonicMs();
    if (nowMs < this.#nextAtMs && !isLast) return false;
    const untold = this.#report.takeUntold();
    for (const [reason, lost] of untold) {
      this.#nextAtMs = nowMs + LEAST_INTERVAL_MS;
      this.#write(reason, lost);
    }
    return untold.size > 0;
  }

  #write(reason: string, lost: SeverityTally): void {
    this.#clock.read();
    const attributes = new LogFields();
    attributes.add('otel_register.lost.reason', reason);
    attributes.add('otel_register.lost.count', lost.total);
    for (const [level, records] of lost.counts) {
      attributes.add(`otel_register.lost.${level.toLowerCase().replaceAll(' ', '_')}`, records);
    }
    const { high: timeHigh, low: timeLow } = this.#clock;
    const record = newRecord({
      scope: SCOPE,
      severityNumber: WARN,
      at: { timeHigh, timeLow, span: undefined, callee: null },
      content: {
        body: `Log records were lost (${lost}): ${reason}.`,
        attributes,
        exception: undefined,
        isTruncated: undefined,
        droppedAttributes: undefined,
      },
    });
    this.#pipeline.write(record);
  }
}
