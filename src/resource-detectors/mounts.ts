import type { Host } from './host.js';

export interface Mount {
  /** The folder or file of the file system that is mounted, seen from that file system. */
  readonly root: string;
  readonly mountPoint: string;
  readonly fileSystem: string;
}

/**
 * What is mounted where, for this process. Inside a container some mounts name it.
 * https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function readMounts(host: Host): Mount[] {
  const lines = (host.readText('/proc/self/mountinfo') ?? '').split('\n');
  return lines.flatMap(line => {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , root, mountPoint] = left.split(' ');
    const [fileSystem = ''] = right.split(' ');
    return root && mountPoint ? [{ root, mountPoint, fileSystem }] : [];
  });
}
