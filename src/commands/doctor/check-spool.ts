import { existsSync } from 'node:fs';
import { readMounts } from '../../resource-detectors/mounts.js';
import { thisHost } from '../../resource-detectors/this-host.js';
import { severityText } from '../../severity.js';
import { inspectPlaces } from '../../spool/place.js';
import { type Surveyed, surveySpools } from '../../spool/survey.js';
import { type Finding, ok, warning } from './finding.js';
import type { Surroundings } from './surroundings.js';

/** Folders of other collectors named on one screen. */
const MAX_SHOWN = 3;

/** What becomes of records that cannot be delivered at once. */
export function checkSpool(surroundings: Surroundings): Finding[] {
  const { config } = surroundings;
  if (!config.hasSpool) {
    return [
      warning('spool.off', 'There is no spool (OTEL_REGISTER_SPOOL=off)', {
        means: 'What is not delivered when a process dies is lost.',
        todo: 'Unset OTEL_REGISTER_SPOOL, unless the disk must stay as it is.',
      }),
    ];
  }
  const places = inspectPlaces(config);
  const used = places.find(({ problem }) => problem === undefined);
  const [first] = places;
  if (used === undefined) {
    return [
      warning('spool.unusable', `There is no spool: ${first!.problem}`, {
        means: 'Undelivered records are kept in memory alone, and lost when the process dies.',
        todo: 'Name a folder of your own in OTEL_REGISTER_SPOOL_DIR, for instance on a volume.',
      }),
    ];
  }
  const other = used === first ? [] : [passedOver(first!.problem!, used.folder)];
  return [
    ...other,
    ok('spool', `Undelivered records are kept in ${used.folder}`),
    deaths(used.folder, surroundings),
    ...pending(surveySpools(used.folder), used.destination),
  ];
}

function passedOver(problem: string, used: string): Finding {
  return warning('spool.other', `The spool is in ${used}, because ${problem}`, {
    means: 'Programs that find another folder do not deliver what is left here.',
    todo: 'Correct the owner or the mode, or set OTEL_REGISTER_SPOOL_DIR.',
  });
}

/** Which ends of a process cost records here. */
function deaths(folder: string, { config }: Surroundings): Finding {
  const level = severityText(config.writeThroughSeverity);
  const killed =
    level === ''
      ? 'SIGKILL and out of memory cost the last 10 ms or so.'
      : `SIGKILL and out of memory cost the last 10 ms or so of what is below ${level}.`;
  if (config.runId === undefined && vanishes(folder)) {
    return warning('spool.deaths', 'The spool goes with the container', {
      means: `A container that is replaced takes with it what was not delivered. ${killed}`,
      todo: 'Start the program by otel-register run, or put the spool on a volume.',
    });
  }
  return ok('spool.deaths', 'Covered: every end by itself, by an error, SIGTERM, SIGINT, SIGHUP', {
    means: `${killed} What is left goes out with the next process, or at once with otel-register run.`,
  });
}

// In a container, all that is no mount of its own is a layer that is thrown away.
function vanishes(folder: string): boolean {
  const host = thisHost({ argv: [] });
  if (
    !existsSync('/.dockerenv') &&
    !existsSync('/run/.containerenv') &&
    !host.env.KUBERNETES_SERVICE_HOST
  )
    return false;
  const mounts = readMounts(host).filter(({ mountPoint }) =>
    `${folder}/`.startsWith(mountPoint === '/' ? '/' : `${mountPoint}/`),
  );
  mounts.sort((a, b) => b.mountPoint.length - a.mountPoint.length);
  return mounts[0]?.mountPoint === '/' || mounts[0]?.fileSystem === 'tmpfs';
}

function pending(surveyed: readonly Surveyed[], ownFolder: string): Finding[] {
  const waiting = surveyed.filter(({ records }) => records > 0);
  const findings = waiting
    .filter(({ folder }) => folder === ownFolder)
    .map(own =>
      ok('spool.pending', `Waiting for this collector: ${counted(own)}`, {
        means: `They are delivered by the next process that logs to it; ${since(own)}.`,
      }),
    );
  const others = waiting.filter(({ folder }) => folder !== ownFolder);
  return others.length === 0 ? findings : [...findings, pendingElsewhere(others)];
}

// One finding, however many there are: a machine of a developer has been told of many collectors.
function pendingElsewhere(others: readonly Surveyed[]): Finding {
  const oldestFirst = [...others].sort((a, b) => a.oldestMs! - b.oldestMs!);
  const [oldest] = oldestFirst;
  const shown = oldestFirst.slice(0, MAX_SHOWN).map(({ folder }) => folder);
  const more = others.length - shown.length;
  const where = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
  const whom = others.length === 1 ? 'another collector' : `${others.length} other collectors`;
  const all = {
    records: sum(others.map(({ records }) => records)),
    processes: sum(others.map(({ processes }) => processes)),
    isAtLeast: others.some(({ isAtLeast }) => isAtLeast),
  };
  return warning('spool.foreign', `Waiting for ${whom}: ${counted(all)}`, {
    means: `They go out by nobody but a program with its endpoint and headers; ${since(oldest!)}.`,
    todo: `Log one line with the settings of then, or delete ${where}.`,
  });
}

function counted(surveyed: Pick<Surveyed, 'records' | 'processes' | 'isAtLeast'>): string {
  const { records, processes, isAtLeast } = surveyed;
  const many = `${isAtLeast ? 'at least ' : ''}${records} record${records === 1 ? '' : 's'}`;
  return `${many} of ${processes} process${processes === 1 ? '' : 'es'}`;
}

function since({ oldestMs }: Surveyed): string {
  return `the oldest from ${new Date(oldestMs!).toISOString()}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
