import type { Host, ResourceAttributes } from './host.js';

// The driver has a folder for each card this process may use; a container sees only its own.
// Asking nvidia-smi instead would start a process and take a second.
const NVIDIA_GPUS = '/proc/driver/nvidia/gpus';

// More cards than any machine has: a bound on files read.
const MAX_GPUS = 64;

export function detectGpu(host: Host): ResourceAttributes {
  const cards = host.list(NVIDIA_GPUS).slice(0, MAX_GPUS);
  if (cards.length === 0) return {};

  const models = new Set(cards.flatMap(card => modelOf(host, card)));
  return {
    'emp.gpu.count': cards.length,
    // Machines with unlike cards exist; one string keeps the attribute of one type.
    ...(models.size > 0 && { 'emp.gpu.model': [...models].sort().join(', ') }),
  };
}

function modelOf(host: Host, card: string): string[] {
  const information = host.readText(`${NVIDIA_GPUS}/${card}/information`) ?? '';
  const model = information.match(/^Model:[ \t]*(\S.*?)\s*$/m)?.[1];
  return model === undefined || model === 'Unknown' ? [] : [model];
}
