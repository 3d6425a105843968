import {
  BroadcastChannel,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { packageVersion } from '../package-version.js';
import { detectResource } from '../resource-detectors/index.js';
import { thisHost } from '../resource-detectors/this-host.js';
import { silence } from '../self-report.js';
import { encodeResource } from './encode-resource.js';
import { Exporter } from './exporter.js';
import { answerFlush, pendingFlush } from './flush.js';
import type { ExporterStart, RingAnnouncement } from './protocol.js';
import { Sender } from './send.js';

// Entry of the exporter thread: wires, and keeps the thread alive by listening to its ports.

const start = workerData as ExporterStart;
if (!start.hasDiagnostics) silence();

// Whoever waits for a flush must not wait for a thread that is gone. Nobody else is answered: the
// next flush is for the thread that comes after.
process.on('uncaughtExceptionMonitor', () => {
  const control = new Int32Array(start.control);
  const ticket = pendingFlush(control);
  if (ticket !== 0) answerFlush(control, ticket, 0);
});

const channel = new BroadcastChannel(start.channelName);

const exporter = new Exporter({
  control: start.control,
  sender: new Sender(start.logsUrl),
  resource: detectResource(thisHost(start), {
    distroVersion: packageVersion,
    instanceId: start.instanceId,
  }).then(encodeResource),
  lingerMs: start.lingerMs,
  maxBatchRecords: start.maxBatchRecords,
  maxMemoryBytes: start.maxMemoryBytes,
  *takeAnnounced() {
    for (const port of [parentPort, channel]) {
      for (;;) {
        const received = receiveMessageOnPort(port as never);
        if (received === undefined) break;
        yield received.message as RingAnnouncement;
      }
    }
  },
});

parentPort!.on('message', (announcement: RingAnnouncement) => exporter.addRings([announcement]));
channel.onmessage = event => exporter.addRings([(event as { data: RingAnnouncement }).data]);
// All at once: a flush may be waiting already, and would be answered after the first.
exporter.addRings(start.rings);
