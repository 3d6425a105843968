import { execFileSync } from 'node:child_process';
import { newFolder } from './programs.js';

export interface Mounted {
  readonly folder: string;
  remountReadOnly(): void;
  unmount(): void;
}

/** A file system in memory, as small as that; undefined where that is not permitted. */
export function mountSmall(kibibytes: number): Mounted | undefined {
  const folder = newFolder();
  const mount = (...options: string[]) =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(), 'tmpfs', folder], {
      stdio: 'ignore',
    });
  try {
    mount(`size=${kibibytes}k`);
  } catch {
    return undefined;
  }
  return {
    folder,
    remountReadOnly: () => void mount('remount', 'ro'),
    unmount: () => void execFileSync('umount', ['-l', folder]),
  };
}
