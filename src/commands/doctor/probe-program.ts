// Logs one record, as any program does, and says what became of it. Started by `doctor` with the
// preload; on stdout, what this prints is the last line.
import { writeSync } from 'node:fs';
import { flush } from '../../api.js';
import type { ProbeResult } from './probe-result.js';

const startedMs = performance.now();
console.info('Probe of otel-register doctor', { 'otel_register.doctor': true });
flush({ timeoutMs: Number(process.argv[2]) }).then(isDelivered => {
  const result: ProbeResult = { isDelivered, tookMs: Math.ceil(performance.now() - startedMs) };
  writeSync(1, `${JSON.stringify(result)}\n`);
  // What is not delivered now has had its time.
  process.exit();
});
