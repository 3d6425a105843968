import { mapGet, mapSet, newMap, weakMapGet, weakMapSet } from '../convert/intrinsics.js';
import type { SeverityNumber } from '../severity.js';
import { severityOfLevel } from './levels.js';

/** Of names; a program that makes them up must not make us grow. */
const MAX_NAMES = 256;

const severitiesByLevels = new WeakMap<object, Map<unknown, unknown>>();

/** As `severityOfLevel`, which is worked out once for each level of a set. */
export function knownSeverity(name: string, levels: object): SeverityNumber {
  let severities = weakMapGet(severitiesByLevels, levels) as Map<unknown, unknown> | undefined;
  if (severities === undefined) {
    severities = newMap();
    weakMapSet(severitiesByLevels, levels, severities);
  }
  const known = mapGet(severities, name) as SeverityNumber | undefined;
  if (known !== undefined) return known;
  const severity = severityOfLevel(name, levels);
  if (severities.size < MAX_NAMES) mapSet(severities, name, severity);
  return severity;
}
