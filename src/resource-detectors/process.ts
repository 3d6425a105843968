import type { Host, ResourceAttributes } from './host.js';
import { pathsOf } from './nearest-package.js';
import { present } from './present.js';

/** The process. Never `process.command_args`, which OpenTelemetry's own detector sends: argv holds secrets. */
export function detectProcess(host: Host): ResourceAttributes {
  const { basename, isAbsolute } = pathsOf(host);
  const entry = host.argv[1];
  return present({
    'process.pid': host.pid,
    'process.executable.name': basename(host.execPath),
    'process.executable.path': host.execPath,
    // A relative one is no script but an argument of `node -e`, so perhaps a secret as well.
    'process.command': entry !== undefined && isAbsolute(entry) ? entry : undefined,
    'process.owner': host.userName(),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': host.nodeVersion.replace(/^v/, ''),
    'process.runtime.description': 'Node.js',
  });
}
