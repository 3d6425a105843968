import type { Host, ResourceAttributes } from './host.js';
import { present } from './present.js';

/** The machine, or the container that takes itself for one. */
export function detectMachine(host: Host): ResourceAttributes {
  return present({
    'host.name': host.hostname(),
    'host.arch': ARCHITECTURES[host.arch] ?? host.arch,
    'host.id': machineId(host),
  });
}

export function detectOs(host: Host): ResourceAttributes {
  return present({
    'os.type': OS_TYPES[host.platform] ?? host.platform,
    'os.version': host.osVersion(),
  });
}

// Where semantic conventions and Node differ.
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: 'x86',
  arm: 'arm32',
  ppc: 'ppc32',
};

const OS_TYPES: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };

// systemd writes the first; D-Bus kept the second before systemd existed.
// https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
// macOS and Windows would need a child process to be asked, which is not cheap.
const MACHINE_ID_FILES = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

// Images ship the file empty, or as "uninitialized", to have it filled at first boot.
function machineId(host: Host): string | undefined {
  return MACHINE_ID_FILES.map(file => host.readText(file)?.trim()).find(
    id => id !== undefined && /^[0-9a-f]{32}$/i.test(id),
  );
}
