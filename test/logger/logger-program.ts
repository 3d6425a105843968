import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { packageEntry } from '../helpers/packed-package.js';
import { PACKAGE_NAME, REPOSITORY } from '../helpers/repository.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';

export type { ReceivedLog };

export interface LoggerRun extends Partial<RunOptions> {
  readonly env?: EnvironmentChanges;
  /** Default: main.cjs, whose `createLogger` is there already. */
  readonly file?: 'main.cjs' | 'main.mjs';
  /** Of node_modules, beside this package. Default: winston. */
  readonly packages?: readonly string[];
}

const PRELUDE = {
  'main.cjs': `const { createLogger } = require('${PACKAGE_NAME}/logger');\n`,
  'main.mjs': `import { createLogger } from '${PACKAGE_NAME}/logger';\n`,
};

/** Runs a program in an application of its own that has the packed package and winston installed. */
export async function runLogger(program: string, options: LoggerRun = {}): Promise<RunResult> {
  const { file = 'main.cjs', packages = ['winston'], ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-logger-'));
  try {
    const place = (name: string) => join(folder, 'node_modules', name);
    // A copy, not a link: what it needs is looked for beside it, not where it is kept.
    cpSync(join(packageEntry('import'), '../..'), place(PACKAGE_NAME), { recursive: true });
    for (const name of packages) symlinkSync(join(REPOSITORY, 'node_modules', name), place(name));
    writeFileSync(join(folder, file), PRELUDE[file] + program);
    return await runNode({ preload: false, cwd: folder, ...rest, script: join(folder, file) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The JSON lines of an output, without their times. */
export function jsonLines(output: Buffer): Record<string, unknown>[] {
  const lines = String(output).split('\n').filter(Boolean);
  return lines.map(line => {
    const { timestamp: _, ...rest } = JSON.parse(line);
    return rest;
  });
}
