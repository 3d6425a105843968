import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Finding, Section, Status } from '../../../src/commands/doctor/finding.js';
import { runCommand } from '../../helpers/run-command.js';
import type { RunOptions } from '../../helpers/run-node.js';

export interface Examined {
  readonly code: number | null;
  readonly stdout: string;
  readonly status: Status;
  readonly sections: readonly Section[];
  readonly resource: readonly { name: string; value: unknown; source: string }[];
  readonly findings: readonly Finding[];
}

type Options = Pick<RunOptions, 'cwd' | 'env'>;

/** What `doctor --json` has found. */
export async function examine(args: readonly string[], options: Options = {}): Promise<Examined> {
  const result = await runCommand(['doctor', '--json', ...args], options);
  assert.is(String(result.stderr), '');
  const report = JSON.parse(String(result.stdout));
  const findings = report.sections.flatMap((section: Section) => section.findings);
  return { ...report, findings, code: result.code, stdout: String(result.stdout) };
}

/** The one finding of that name. */
export function the({ findings }: Examined, id: string): Finding {
  const found = findings.filter(finding => finding.id === id);
  const all = findings.map(finding => finding.id).join(' ');
  assert.is(found.length, 1, `${id} is not among ${all}`);
  return found[0]!;
}

/** Names of those that are not all right. */
export function troubles({ findings }: Examined): string[] {
  return findings.filter(({ status }) => status !== 'ok').map(({ id }) => id);
}

/** A folder with these files in it, removed afterwards. */
export async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-doctor-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package.json of a package, as a file of a tree. */
export function manifest(name: string, version: string, rest: object = {}): string {
  return JSON.stringify({ name, version, ...rest });
}
