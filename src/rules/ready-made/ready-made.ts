import type { Limits } from '../../convert/limits.js';
import type { Subject } from '../match.js';
import type { READY_MADE_NAMES } from '../source.js';
import { extractContextIds } from './context-ids.js';
import { extractKeyValues } from './key-value.js';

/** Finds attributes in the message of a record. */
export type ReadyMade = (subject: Subject, limits: Limits) => void;

type Name = (typeof READY_MADE_NAMES)[number];

/** By the name they are switched on with. */
export const READY_MADE: Readonly<Record<Name, ReadyMade>> = {
  'context-ids': extractContextIds,
  'key-value': extractKeyValues,
};
