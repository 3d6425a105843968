import { randomUUID } from 'node:crypto';
import { BroadcastChannel, parentPort, workerData } from 'node:worker_threads';
import { SelfMetrics } from '../metrics/self-metrics.js';
import { METRICS } from '../otlp-signal.js';
import { packageVersion } from '../package-version.js';
import { detectResourceNow, detectSlowly } from '../resource-detectors/index.js';
import { thisHost } from '../resource-detectors/this-host.js';
import { followFile } from '../rules/follow-file.js';
import { silence } from '../self-report.js';
import { HEARTBEAT_MS, OwnSpool } from '../spool/own-spool.js';
import type { SpoolPlace } from '../spool/place.js';
import { Replay } from '../spool/replay.js';
import { spoolName } from '../spool/spool-name.js';
import { THROUGH_SHARE } from '../spool/write-through.js';
import { Announced } from './announced.js';
import { DeliveryCounts } from './delivery-counts.js';
import { encodeResource } from './encode-resource.js';
import { Exporter } from './exporter.js';
import { failFlush, pendingFlush } from './flush.js';
import {
  type ExporterStart,
  type RingAnnouncement,
  RULES_GENERATION,
  SPOOL_GENERATION,
  SPOOL_OFF,
} from './protocol.js';
import { ScopeBook } from './scope-book.js';
import { Sender } from './send.js';
import { SpanExport } from './span-export.js';

// Entry of the exporter thread: wires, and keeps the thread alive by listening to its ports.

const start = workerData as ExporterStart;
if (!start.hasDiagnostics) silence();
const control = new Int32Array(start.control);

// Whoever waits for a flush must not wait for a thread that is gone. Nobody else is answered: the
// next flush is for the thread that comes after.
process.on('uncaughtExceptionMonitor', () => {
  for (const each of [control, new Int32Array(start.spanControl)]) {
    const ticket = pendingFlush(each);
    if (ticket !== 0) failFlush(each, ticket);
  }
});

const channel = new BroadcastChannel(start.channelName);
const announced = new Announced([parentPort!, channel as never], takeInAnnounced);

const host = thisHost(start);
const identity = { distroVersion: packageVersion, instanceId: start.instanceId };
const scopes = new ScopeBook(start.scopes);
const knownNow = detectResourceNow(host, identity);
const spool = start.spool && openSpool(start.spool);
const attributes = detectSlowly(host).then(slow => ({ ...knownNow, ...slow }));
const resource = attributes.then(encodeResource);
const counts = new DeliveryCounts();

const replay = start.spool && openReplay(start.spool);

const exporter: Exporter = new Exporter({
  control: start.control,
  isSuccessor: start.isSuccessor,
  sender: new Sender(start.logsUrl),
  resource,
  scopes,
  counts,
  lastMetrics: start.metrics && createMetrics(start.metrics),
  spool,
  maxSpoolBytes: start.maxSpoolBytes * (1 - THROUGH_SHARE),
  replay,
  lingerMs: start.lingerMs,
  intervalMs: start.intervalMs,
  maxBatchRecords: start.maxBatchRecords,
  maxMemoryBytes: start.maxMemoryBytes,
  takeAnnounced: () => announced.takeRecords(),
});
const { spanControl } = start;
const spans =
  start.traces?.url === undefined
    ? undefined
    : new SpanExport({
        control: spanControl,
        url: start.traces.url,
        traces: start.traces,
        resource,
        takeAnnounced: () => announced.takeSpans(),
      });

parentPort!.on('message', (announcement: RingAnnouncement) => onAnnounced(announcement));
channel.onmessage = event => onAnnounced((event as { data: RingAnnouncement }).data);
// Before anything is drained: this thread's own folder is the next one.
if (start.spool !== undefined && start.isSuccessor) {
  const generation = Atomics.load(control, SPOOL_GENERATION);
  if (generation !== SPOOL_OFF) {
    Atomics.store(control, SPOOL_GENERATION, generation + 1);
    replay!.takeOver(spoolName(start.spool, generation), start.rings);
  }
}
// All at once: a flush may be waiting already, and would be answered after the first.
for (const ring of start.rings) announced.add(ring);
takeInAnnounced();
if (start.rules?.path !== undefined) {
  followFile(start.rules.path, () => Atomics.add(control, RULES_GENERATION, 1));
}
// A folder that is gone, or a full disk: the records go without what was found out slowly.
resource.then(encoded => spool?.setResource(encoded)).catch(() => {});

function onAnnounced(announcement: RingAnnouncement): void {
  announced.add(announcement);
  takeInAnnounced();
}

function takeInAnnounced(): void {
  exporter.addRings(announced.takeRecords());
  spans?.addRings(announced.takeSpans());
}

function createMetrics(metrics: NonNullable<ExporterStart['metrics']>): SelfMetrics {
  const sender = new Sender(metrics.url, METRICS);
  return new SelfMetrics({
    ...metrics,
    logsUrl: start.logsUrl,
    control,
    counts,
    attributes,
    sender,
  });
}

function openReplay({ folder, stem }: SpoolPlace): Replay {
  return new Replay({
    folder,
    ownStem: stem,
    claimer: randomUUID(),
    maxAgeMs: start.maxSpoolAgeMs,
    maxBytes: start.maxSpoolBytes,
    onFound: () => exporter.step(),
  });
}

function openSpool(place: SpoolPlace): OwnSpool {
  const own = new OwnSpool({
    place,
    control,
    prelude: () => scopes.entries(),
    onClaimed: () => exporter.forgetSpooled(),
  });
  own.setResource(encodeResource(knownNow));
  setInterval(() => own.heartbeat(), HEARTBEAT_MS).unref();
  return own;
}
