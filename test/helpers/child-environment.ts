import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type EnvironmentChanges = Readonly<Record<string, string | undefined>>;

// What the preload, or Node's own output, would take from the machine the tests run on.
// NODE_V8_COVERAGE is not among it: c8 counts what runs in children, too.
const UNWANTED = [
  /^OTEL_/,
  /^LOG_(LEVEL|FORMAT)$/,
  /^NODE_(OPTIONS|ENV|DEBUG|DISABLE_COLORS|NO_WARNINGS)$/,
  // By the rest of these Node judges what colours a terminal has.
  /^(NO|FORCE)_COLOR$/,
  /^(CI|COLORTERM|TMUX|TEAMCITY_VERSION|TERM_PROGRAM)$/,
  /^DEPLOYMENT_ENVIRONMENT$/,
  /^(EMP|SALAD|VAST|RUNPOD)_/,
  /^(MACHINE_POOL|POOL_TYPE|CONTAINER_ID|STATE_DIRECTORY)$/,
  /^(npm|pm2|pm)_/,
];

const spools = mkdtempSync(join(tmpdir(), 'otel-register-spools-'));
process.once('exit', () => rmSync(spools, { recursive: true, force: true }));
let made = 0;

/** A folder for spools that nobody else uses. */
export function ownSpoolDir(): string {
  return join(spools, String(made++));
}

/** Our environment without what would change a result, then with `changes`; undefined removes. */
export function childEnvironment(changes: EnvironmentChanges = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries({
    ...withoutUnwanted(),
    OTEL_REGISTER_SPOOL_DIR: ownSpoolDir(),
    ...changes,
  })) {
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

function withoutUnwanted(): EnvironmentChanges {
  const kept = Object.entries(process.env).filter(
    ([name]) => !UNWANTED.some(pattern => pattern.test(name)),
  );
  return Object.fromEntries(kept);
}
