import { basename, dirname } from 'node:path';
import { attempt } from '../attempt.js';
import { namesIn } from './files.js';
import { readFileSync, readlinkSync } from './fs.js';

const PROCESSES = '/proc';

/**
 * Names of folders in which processes of one run have a file open: they live, and write on. Where
 * there is no `/proc`, or it shows nobody's processes, none are known.
 */
export function foldersInUse(runId: string): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const pid of namesIn(PROCESSES)) {
    if (!isOfRun(pid, runId)) continue;
    const descriptors = `${PROCESSES}/${pid}/fd`;
    for (const fd of namesIn(descriptors)) {
      const file = attempt(() => readlinkSync(`${descriptors}/${fd}`));
      if (file !== undefined) folders.add(basename(dirname(file)));
    }
  }
  return folders;
}

// Its descendants have it in the environment, unless they were started with one of their own.
function isOfRun(pid: string, runId: string): boolean {
  if (!(Number(pid) > 0)) return false;
  const environment = attempt(() => readFileSync(`${PROCESSES}/${pid}/environ`, 'latin1'));
  return environment?.includes(`OTEL_REGISTER_RUN_ID=${runId}\0`) ?? false;
}
