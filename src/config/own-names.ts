import { nearestName } from '../nearest-name.js';
import type { Reading } from './values.js';

const PREFIX = 'OTEL_REGISTER_';

const READ = [
  'BODY',
  'CALL_SITES',
  'CAPTURE_STDIO',
  'CONSOLE_INSTANCES',
  'CONTEXT_KEYS',
  'DIAGNOSTICS',
  'EXIT_TIMEOUT_MS',
  'FOLD',
  'JOB_TRACE',
  'LEVEL_SIGNAL',
  'LOG_FORMAT',
  'LOG_LEVEL',
  'MAX_MEMORY_BYTES',
  'PROPAGATE',
  'PROPAGATE_CHILDREN',
  'PROPAGATE_TO',
  'RATE_LIMIT',
  'REDACT',
  'REDACT_KEYS',
  'REQUEST_ID_HEADER',
  'RULES',
  'SPOOL',
  'SPOOL_DIR',
  'SPOOL_MAX_AGE',
  'SPOOL_MAX_BYTES',
  'TRACES',
  'TRAIL',
  'WRITE_THROUGH',
];

// Read by other releases: hosts of one fleet share an environment while they are upgraded.
const KNOWN = [...READ, 'CONTEXT', 'POOL_MAP', 'RUN_ID'];

// Of a name that is repeated in a line about it.
const MAX_LENGTH = 64;

/** Reports `OTEL_REGISTER_` variables nobody reads: most likely a setting is misspelt. */
export function checkOwnNames({ env, problems }: Reading): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX)) continue;
    const suffix = name.slice(PREFIX.length);
    if (KNOWN.includes(suffix)) continue;

    const near = nearestName(suffix.toUpperCase(), READ);
    const hint = near === undefined ? '' : `; ${PREFIX}${near} is the nearest that is`;
    problems.set(
      name,
      `${name.slice(0, MAX_LENGTH)} is not a known setting and is ignored${hint}.`,
    );
  }
}
