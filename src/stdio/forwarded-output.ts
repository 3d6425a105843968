import type { Holder } from '../console/patch.js';
import { asLoggerOutput } from '../loggers/logger-output.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { startedWorkers } from './started-workers.js';

/** Transports of winston that write where somebody else may look; what they write has its record. */
const WINSTON_TRANSPORTS = ['console', 'stream'];

/** Follows those who write to the process's output what has a record elsewhere already. */
export function followForwarded(): void {
  for (const name of WINSTON_TRANSPORTS) {
    onPackageLoad('winston', `lib/winston/transports/${name}.js`, transport => {
      asLoggerOutput((transport as { prototype: Holder }).prototype, 'log');
    });
  }
  // A thread makes the records of its own output, which then passes through this one.
  startedWorkers.onStarted = ({ stdout, stderr }) => {
    for (const stream of [stdout, stderr]) asLoggerOutput(stream as unknown as Holder, 'emit');
  };
}
