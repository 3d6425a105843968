import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';
import { type NamedPackage, nearestPackage, pathsOf } from './nearest-package.js';
import { PACKAGE_RUNNERS } from './package-runners.js';
import { present } from './present.js';

/** Which service this is, as its package.json says. `@emp/api` is `api` in namespace `emp`. */
export function detectService(host: Host): ResourceAttributes {
  const found = servicePackage(host);
  const [, namespace, name = found?.name] = found?.name.match(/^@([^/]+)\/(.+)$/) ?? [];
  return present({
    'service.name': name,
    'service.namespace': namespace,
    'service.version': found?.version,
    'deployment.environment.name': firstVariable(host.env, 'DEPLOYMENT_ENVIRONMENT', 'NODE_ENV'),
  });
}

function servicePackage(host: Host): NamedPackage | undefined {
  for (const start of [...entries(host), host.cwd]) {
    const found = nearestPackage(host, start);
    if (found && !PACKAGE_RUNNERS.has(found.name)) return found;
  }
  return undefined;
}

/**
 * Where the program starts: a script, or the folder of `node .`.
 *
 * pm2 comes first: until it has taken over, `argv[1]` is a file of pm2's own.
 *
 * Node makes the entry absolute before any preload runs (tried on 20.20), so a relative
 * `argv[1]` is no script but the first argument of `node -e` or of a program on stdin.
 */
function entries(host: Host): string[] {
  const { isAbsolute } = pathsOf(host);
  return [host.env.pm_exec_path, host.argv[1]].filter(
    (entry): entry is string => entry !== undefined && isAbsolute(entry),
  );
}
