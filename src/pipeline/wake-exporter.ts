import { atomicNotify, atomicStore } from '../convert/intrinsics.js';
import { AWAKE, EXPORTER_STATE } from './protocol.js';

/** Makes the exporter thread look at rings and requests now. */
export function wakeExporter(control: Int32Array): void {
  atomicStore(control, EXPORTER_STATE, AWAKE);
  atomicNotify(control, EXPORTER_STATE);
}
