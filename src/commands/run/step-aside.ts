import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** `--inspect` in NODE_OPTIONS is meant for the program, and there is one port. */
export async function releaseInspector(): Promise<void> {
  // Loading it costs 2 ms and 2 MB.
  if (!process.env.NODE_OPTIONS?.includes('--inspect')) return;
  const { close } = await import('node:inspector');
  close();
}

/**
 * Lets go of stdin and stdout once the program has them: a pipe is to end when the program closes
 * it. Something has to be in their place, or the next file opened would be.
 */
export function releaseStdio(): void {
  try {
    closeSync(openSync(devNull, 'r+'));
  } catch {
    // With --permission, for instance. Then they stay open.
    return;
  }
  for (const descriptor of [0, 1]) {
    closeSync(descriptor);
    openSync(devNull, 'r+');
  }
}
