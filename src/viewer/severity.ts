/** As the counts of a histogram are ordered. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Severity numbers of a level. https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const NUMBERS_PER_LEVEL = 4;
const LEAST = 1;
const MOST = LEVELS.length * NUMBERS_PER_LEVEL;
const INFO = 9;

const OTHER_NAMES: Readonly<Record<string, (typeof LEVELS)[number]>> = {
  warning: 'warn',
  err: 'error',
  critical: 'fatal',
  information: 'info',
};

/** 0 for trace … 5 for fatal. */
export function levelIndex(severityNumber: number): number {
  return (severityNumber - LEAST) >> 2;
}

/** From 1 to 24 even where the sender gave no number: then by its text, else INFO. */
export function effectiveSeverity(number: number, text: string): number {
  if (Number.isInteger(number) && number >= LEAST && number <= MOST) return number;
  return firstOfLevel(text) ?? INFO;
}

/** Of `warn`, `>=warn`, `<13` and the like. Undefined if it names no level. */
export function severityRange(
  text: string,
): { readonly least: number; readonly most: number } | undefined {
  const [, operator, name] = /^([<>]?=?)(\w+)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const isNumber = /^\d{1,2}$/.test(name);
  const first = isNumber ? Number(name) : firstOfLevel(name);
  if (first === undefined) return undefined;
  const last = isNumber ? first : first + NUMBERS_PER_LEVEL - 1;
  switch (operator) {
    case '>=':
      return { least: first, most: MOST };
    case '>':
      return { least: last + 1, most: MOST };
    case '<=':
      return { least: LEAST, most: last };
    case '<':
      return { least: LEAST, most: first - 1 };
    default:
      return { least: first, most: last };
  }
}

function firstOfLevel(name: string): number | undefined {
  const lower = name.toLowerCase();
  const known = Object.hasOwn(OTHER_NAMES, lower) ? OTHER_NAMES[lower]! : lower;
  const index = (LEVELS as readonly string[]).indexOf(known);
  return index < 0 ? undefined : LEAST + index * NUMBERS_PER_LEVEL;
}
