/** In the order in which a histogram counts them. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Level = (typeof LEVELS)[number];

/** OTLP has four numbers for each level, from 1; 0 is a record without any. */
export function levelOf(severityNumber: number): Level | null {
  if (severityNumber < 1) return null;
  return LEVELS[Math.min(5, Math.floor((severityNumber - 1) / 4))]!;
}
