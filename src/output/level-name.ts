import { FATAL, LEVEL_NAMES, type SeverityNumber } from '../severity.js';

export type LevelName = (typeof LEVEL_NAMES)[number];

/** As log backends read it: Loki, Elasticsearch, Datadog, CloudWatch Insights. */
export function levelName(severity: SeverityNumber): LevelName {
  // Nobody said: what a log line without a level is taken for.
  if (severity < 1) return 'info';
  return LEVEL_NAMES[severity > FATAL ? 5 : (severity - 1) >> 2]!;
}
