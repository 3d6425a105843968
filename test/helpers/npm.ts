import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { childEnvironment } from './child-environment.js';

/** npm's own program, to be run by node; undefined where there is none that runs. */
export const NPM = findNpm();

/** Reads no configuration of the machine, asks no registry, leaves no log files. */
export function npmEnvironment(project: string): Record<string, string> {
  return {
    npm_config_userconfig: join(project, '.npmrc'),
    npm_config_cache: join(project, '.cache'),
    npm_config_update_notifier: 'false',
    npm_config_logs_max: '0',
  };
}

function findNpm(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, 'npm');
    if (!existsSync(file)) continue;
    const path = realpathSync(file);
    const { status } = spawnSync(process.execPath, [path, '--version'], {
      env: childEnvironment({ npm_config_update_notifier: 'false' }),
    });
    if (status === 0) return path;
  }
  return undefined;
}
