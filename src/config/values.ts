/** What has been read so far of one environment. */
export interface Reading {
  readonly env: NodeJS.ProcessEnv;
  /** Variable → the one line to say about it. A map, because a value may have several faults. */
  readonly problems: Map<string, string>;
  /** Variable → the value used in place of the one given; empty: as if it were unset. */
  readonly corrections: Record<string, string>;
}

interface Integers {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

interface Choices<Value extends string> {
  readonly values: readonly Value[];
  readonly otherwise: Value;
}

// Characters of a value that are repeated in a line about it.
const MAX_SHOWN = 80;

const FLAGS = ['on', 'off', 'true', 'false', '1', '0'] as const;

/**
 * The value without surrounding spaces and quotes; undefined if unset or empty, which mean the same.
 * Quotes come from env files whose reader keeps them (`docker run --env-file`).
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#parsing-empty-value
 */
export function text(reading: Reading, name: string): string | undefined {
  const raw = reading.env[name];
  if (raw === undefined || raw === '') return undefined;

  const spaceless = raw.trim();
  const value = unquoted(spaceless);
  if (value !== raw) reading.corrections[name] = value;
  if (value === '') return undefined;
  if (value !== spaceless) report(reading, name, 'has surrounding quotes; using it without them');
  return value;
}

/** A whole number in plain digits. */
export function integer(reading: Reading, name: string, range: Integers): number {
  const value = text(reading, name);
  if (value === undefined) return range.otherwise;

  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= range.least && number <= range.most) return number;

  const accepted = `a whole number of ${range.unit} from ${range.least} to ${range.most}`;
  const used = range.otherwise === Number.POSITIVE_INFINITY ? 'no limit' : String(range.otherwise);
  reject(reading, name, `is not ${accepted}; using ${used}`);
  return range.otherwise;
}

const MS_BY_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `15m`, `24h`, `7d`; a bare number is milliseconds, as in every `OTEL_*` variable. */
export function duration(
  reading: Reading,
  name: string,
  range: { leastMs: number; mostMs: number; otherwiseMs: number; otherwise: string },
): number {
  const value = text(reading, name);
  if (value === undefined) return range.otherwiseMs;

  const [, digits, unit = 'ms'] = /^(\d+)\s*(ms|s|m|h|d)?$/i.exec(value) ?? [];
  const ms = digits === undefined ? Number.NaN : Number(digits) * MS_BY_UNIT[unit.toLowerCase()]!;
  if (ms >= range.leastMs && ms <= range.mostMs) return ms;
  const fault = 'is not a time like 90s, 15m, 24h or 7d (from a minute to a year)';
  reject(reading, name, `${fault}; using ${range.otherwise}`);
  return range.otherwiseMs;
}

/** One of `values`, in any case. */
export function choice<const Value extends string>(
  reading: Reading,
  name: string,
  { values, otherwise }: Choices<Value>,
): Value {
  const given = text(reading, name);
  if (given === undefined) return otherwise;

  const value = values.find(known => known === given.toLowerCase());
  if (value === undefined) {
    reject(reading, name, `is not ${either(values)}; using ${otherwise}`);
    return otherwise;
  }
  if (value !== given) reading.corrections[name] = value;
  return value;
}

/** A switch of our own; the specification's booleans know `true` and `false` alone. */
export function flag(reading: Reading, name: string, otherwise: 'on' | 'off'): boolean {
  const value = choice(reading, name, { values: FLAGS, otherwise });
  return value === 'on' || value === 'true' || value === '1';
}

/** Notes the line to say about a variable, in place of an earlier one. */
export function report(reading: Reading, name: string, fault: string): void {
  reading.problems.set(name, `${assignment(name, reading.env[name] ?? '')} ${fault}.`);
}

/** As `report`, and the value counts as unset from here on. */
export function reject(reading: Reading, name: string, fault: string): void {
  report(reading, name, fault);
  reading.corrections[name] = '';
}

/** In double quotes, cut, with no credentials that came along in a URL. */
export function quote(value: string): string {
  const shown = value.includes('://') ? maskUrl(value) : value;
  return JSON.stringify(shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown);
}

/** `a, b or c` */
export function either(values: readonly string[]): string {
  return values.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

// Only a lone pair: `"a","b"` is a list of quoted values.
function unquoted(value: string): string {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return value;
  return value.indexOf(quote, 1) === value.length - 1 ? value.slice(1, -1).trim() : value;
}

function assignment(name: string, value: string): string {
  // Headers are where API keys are: a log must never repeat them.
  if (name.endsWith('_HEADERS')) return name;
  return `${name}=${quote(name.endsWith('_ENDPOINT') ? maskUrl(value) : value)}`;
}

// By pattern, because values that are no URL need it most. It takes too much rather than too
// little: a password may hold a slash, and its @ may be encoded. Queries hold tokens too.
function maskUrl(value: string): string {
  return value.replace(/^([^:@]*:\/\/)?.*(?:@|%40)/is, '$1***@').replace(/[?#].*$/s, '?***');
}
