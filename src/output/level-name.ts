import { FATAL, type SeverityNumber } from '../severity.js';

const NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LevelName = (typeof NAMES)[number];

/** As log backends read it: Loki, Elasticsearch, Datadog, CloudWatch Insights. */
export function levelName(severity: SeverityNumber): LevelName {
  // Nobody said: what a log line without a level is taken for.
  if (severity < 1) return 'info';
  return NAMES[severity > FATAL ? 5 : (severity - 1) >> 2]!;
}
