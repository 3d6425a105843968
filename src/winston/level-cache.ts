import {
  mapGet,
  mapSet,
  newMap,
  upperCase,
  weakMapGet,
  weakMapSet,
} from '../convert/intrinsics.js';
import { type SeverityNumber, severityText } from '../severity.js';
import { severityOfLevel } from './levels.js';

/** What a level of a logger becomes. */
export interface KnownLevel {
  readonly severityNumber: SeverityNumber;
  /** Set where it says more than the severity, as `notice` does. */
  readonly name: string | undefined;
}

/** Of names; a program that makes them up must not make us grow. */
const MAX_NAMES = 256;

const levelsOfSets = new WeakMap<object, Map<unknown, unknown>>();

/** Worked out once for each level of a set. */
export function knownLevel(name: string, levels: object): KnownLevel {
  let known = weakMapGet(levelsOfSets, levels) as Map<unknown, unknown> | undefined;
  if (known === undefined) {
    known = newMap();
    weakMapSet(levelsOfSets, levels, known);
  }
  const level = mapGet(known, name) as KnownLevel | undefined;
  if (level !== undefined) return level;
  const worked = workOut(name, levels);
  if (known.size < MAX_NAMES) mapSet(known, name, worked);
  return worked;
}

function workOut(name: string, levels: object): KnownLevel {
  const severityNumber = severityOfLevel(name, levels);
  const isText = upperCase(name) === severityText(severityNumber);
  return { severityNumber, name: isText ? undefined : name };
}
