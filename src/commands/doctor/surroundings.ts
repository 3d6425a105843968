import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Config, readConfig } from '../../config.js';
import { usageError } from '../command-error.js';

/** What is looked at. */
export interface Surroundings {
  /** Of the programs that are started here. */
  readonly env: NodeJS.ProcessEnv;
  readonly nodeOptions: string;
  /** Of this package: absolute, holds `bin` and `dist`. */
  readonly packageFolder: string;
  /** The program's file, if one was named. */
  readonly program: string | undefined;
  /** Of the program, or the working folder. */
  readonly folder: string;
  readonly timeoutMs: number;
  readonly maySend: boolean;
  /** As the preload reads it, were it not switched off. */
  readonly config: Config;
  /** What the preload would say of the settings. */
  readonly problems: readonly string[];
  readonly isDisabled: boolean;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

const TIMEOUT_MS = 5_000;
const MAX_TIMEOUT_MS = 600_000;

export function readSurroundings(
  values: Values,
  operand: string | undefined,
  packageFolder: string,
): Surroundings {
  const env = { ...process.env };
  const nodeOptions = values['node-options'] as string | undefined;
  const isSwitchedOn = { ...env, OTEL_SDK_DISABLED: '', OTEL_LOGS_EXPORTER: '' };
  const asGiven = readConfig(env);
  const read = asGiven.config.isDisabled ? readConfig(isSwitchedOn) : asGiven;
  return {
    ...placeOf(operand),
    env,
    nodeOptions: nodeOptions ?? env.NODE_OPTIONS ?? '',
    packageFolder,
    timeoutMs: timeoutOf(values['timeout-ms'] as string | undefined),
    maySend: values['no-send'] !== true,
    config: read.config,
    problems: read.problems,
    isDisabled: asGiven.config.isDisabled,
  };
}

function placeOf(operand: string | undefined): Pick<Surroundings, 'program' | 'folder'> {
  if (operand === undefined) return { program: undefined, folder: process.cwd() };
  const path = resolve(operand);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw usageError(`There is no program "${operand}".`);
  return stat.isDirectory()
    ? { program: path, folder: path }
    : { program: path, folder: dirname(path) };
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return TIMEOUT_MS;
  const ms = /^\d+$/.test(text) ? Number(text) : 0;
  if (ms >= 1 && ms <= MAX_TIMEOUT_MS) return ms;
  throw usageError(
    `--timeout-ms is "${text}", and not a whole number from 1 to ${MAX_TIMEOUT_MS}.`,
  );
}
