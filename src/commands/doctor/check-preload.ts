import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageVersion } from '../../package-version.js';
import { type Finding, failure, ok, warning } from './finding.js';
import { findPackage, manifestAbove, PACKAGE, type Preload, preloadsOf } from './preloads.js';
import type { Surroundings } from './surroundings.js';

/** Whether programs get the preload, and find it from where they are. */
export function checkPreload(surroundings: Surroundings): Finding[] {
  const { nodeOptions, folder } = surroundings;
  const preloads = preloadsOf(nodeOptions, folder);
  const broken = preloads.filter(({ path }) => path === undefined);
  const found = broken.map(preload => unresolved(preload, surroundings));
  const ours = preloads.find(({ isOurs }) => isOurs);
  if (ours === undefined) return [...found, notThere(surroundings)];
  if (ours.path === undefined) return found;
  return [...found, ...(ours.isBare ? [bare(ours, surroundings)] : []), ...there(ours)];
}

function unresolved({ option, value }: Preload, surroundings: Surroundings): Finding {
  return failure(
    'preload.unresolved',
    `NODE_OPTIONS name ${value}, which is not found from ${surroundings.folder}`,
    {
      means: 'Every Node program that is started there ends at once (ERR_MODULE_NOT_FOUND).',
      todo: `Use an absolute path: ${option} ${absolute(option, surroundings)}`,
    },
  );
}

function bare({ option }: Preload, surroundings: Surroundings): Finding {
  return warning('preload.bare', `NODE_OPTIONS name the package alone: ${option} ${PACKAGE}`, {
    means:
      "The name is looked up from each program's working folder: in another one Node does not start.",
    todo: `Use an absolute path: ${option} ${absolute(option, surroundings)}`,
  });
}

function there({ path }: Preload): Finding[] {
  const version = manifestAbove(path!)?.version;
  const found = ok('preload', `Preloaded by NODE_OPTIONS (${version})`);
  if (version === packageVersion) return [found];
  return [
    warning(
      'preload.version',
      `NODE_OPTIONS preload version ${version}, this is ${packageVersion}`,
      {
        means: 'What is said here may not be true of the other version.',
        todo: `Run the command that belongs to ${path}.`,
      },
    ),
  ];
}

function notThere({ folder }: Surroundings): Finding {
  if (findPackage(PACKAGE, folder) !== undefined) {
    return ok('preload', `Found from here: node --import ${PACKAGE}, or otel-register run`);
  }
  return warning('preload.missing', `${PACKAGE} is not found from ${folder}`, {
    means: 'A program in that folder cannot preload it by name.',
    todo: 'Start the program with otel-register run, or name the preload by its absolute path.',
  });
}

function absolute(option: string, { packageFolder }: Surroundings): string {
  if (option === '--require') return join(packageFolder, 'dist/register.cjs');
  return pathToFileURL(join(packageFolder, 'dist/register.mjs')).href;
}
