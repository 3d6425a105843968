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

// Longer than any name a typing error makes.
const MAX_LENGTH = 64;

/** Reports `OTEL_REGISTER_` variables nobody reads: most likely a setting is misspelt. */
export function checkOwnNames({ env, problems }: Reading): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX)) continue;
    const suffix = name.slice(PREFIX.length);
    if (KNOWN.includes(suffix)) continue;

    const near = nearest(suffix);
    const hint = near === undefined ? '' : `; ${PREFIX}${near} is the nearest that is`;
    problems.set(
      name,
      `${name.slice(0, MAX_LENGTH)} is not a known setting and is ignored${hint}.`,
    );
  }
}

function nearest(suffix: string): string | undefined {
  if (suffix.length > MAX_LENGTH) return undefined;

  // A third of the letters wrong is still the same word.
  let best: string | undefined;
  let least = Math.max(1, Math.floor(suffix.length / 3)) + 1;
  for (const name of READ) {
    const distance = editDistance(suffix.toUpperCase(), name);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

// Levenshtein, one row at a time.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
