import { parseStrictly } from '../arguments.js';
import { usageError } from '../command-error.js';
import { VIEW_OPTIONS } from './options.js';

export interface ViewOptions {
  readonly port: number;
  readonly uiPort: number;
  readonly hasPage: boolean;
  readonly asJson: boolean;
  readonly file: string | undefined;
  readonly maxRecords: number;
  /** Undefined: as much as suits where they are kept. */
  readonly maxBytes: number | undefined;
}

const DEFAULT_PORT = 4318;
const DEFAULT_UI_PORT = 4319;
const DEFAULT_RECORDS = 1_000_000;
/** Below it the database's own structure would be most of it. */
const LEAST_BYTES = 16 * 1024 * 1024;
const MOST_PORT = 65_535;

/** @throws CommandError about the first that is wrong. */
export function readViewOptions(args: readonly string[]): ViewOptions {
  const { values } = parseStrictly(args, VIEW_OPTIONS, 0);
  const number = (name: string, least: number, most: number) =>
    readNumber(name, values[name] as string | undefined, least, most);
  return {
    port: number('port', 0, MOST_PORT) ?? DEFAULT_PORT,
    uiPort: number('ui-port', 0, MOST_PORT) ?? DEFAULT_UI_PORT,
    hasPage: values['no-ui'] !== true,
    asJson: values.json === true,
    file: values.db as string | undefined,
    maxRecords: number('max-records', 1, Number.MAX_SAFE_INTEGER) ?? DEFAULT_RECORDS,
    maxBytes: number('max-bytes', LEAST_BYTES, Number.MAX_SAFE_INTEGER),
  };
}

function readNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = most === MOST_PORT ? `from ${least} to ${most}` : `of at least ${least}`;
  throw usageError(`--${name} takes a whole number ${range}; got "${text}".`);
}
