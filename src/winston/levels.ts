import { floor, isNaNumber, max, objectKeys } from '../convert/intrinsics.js';
import {
  DEBUG,
  ERROR,
  INFO,
  type SeverityNumber,
  severityFromName,
  TRACE,
  WARN,
} from '../severity.js';

/** From the most severe on; `TRACE` is for sets that have that many. */
const LADDER = [ERROR, WARN, INFO, DEBUG, TRACE] as const;
const NO_RANK = Number.NaN;
/** From one severity to the next. */
const STEP = 4;

/**
 * What a level means: by its name where that is known, else by its rank among the others of its set,
 * of which the most severe has the lowest number. Never nothing.
 */
export function severityOfLevel(name: string, levels: object): SeverityNumber {
  const named = severityFromName(name);
  if (named !== undefined) return named;

  const ranks = ranksOf(levels);
  const at = indexOfRank(ranks, rankOf(levels, name));
  return at === -1
    ? INFO
    : (severityFromNeighbours(ranks, at, levels) ?? severityFromRank(at, ranks));
}

// As severe as the next below it that has a known name; where all of these are above, less than they.
function severityFromNeighbours(
  ranks: readonly number[],
  at: number,
  levels: object,
): SeverityNumber | undefined {
  for (let below = at + 1; below < ranks.length; below++) {
    const severity = severityOfRank(ranks[below]!, levels);
    if (severity !== undefined) return severity;
  }
  for (let above = at - 1; above >= 0; above--) {
    const severity = severityOfRank(ranks[above]!, levels);
    if (severity !== undefined) return max(severity - STEP * (at - above), TRACE);
  }
  return undefined;
}

function severityOfRank(rank: number, levels: object): SeverityNumber | undefined {
  const names = objectKeys(levels);
  for (let i = 0; i < names.length; i++) {
    const severity = rankOf(levels, names[i]!) === rank ? severityFromName(names[i]!) : undefined;
    if (severity !== undefined) return severity;
  }
  return undefined;
}

function severityFromRank(at: number, ranks: readonly number[]): SeverityNumber {
  const count = ranks.length;
  if (count === 1) return INFO;
  if (count === 2) return at === 0 ? ERROR : INFO;
  return count <= LADDER.length ? LADDER[at]! : LADDER[floor((at * LADDER.length) / count)]!;
}

/** The ranks there are, each once, from the most severe on. */
function ranksOf(levels: object): readonly number[] {
  const ranks: number[] = [];
  const names = objectKeys(levels);
  for (let i = 0; i < names.length; i++) {
    const rank = rankOf(levels, names[i]!);
    if (!isNaNumber(rank) && indexOfRank(ranks, rank) === -1) insertRank(ranks, rank);
  }
  return ranks;
}

function indexOfRank(ranks: readonly number[], rank: number): number {
  for (let i = 0; i < ranks.length; i++) if (ranks[i] === rank) return i;
  return -1;
}

function insertRank(ranks: number[], rank: number): void {
  let at = ranks.length;
  for (; at > 0 && ranks[at - 1]! > rank; at--) ranks[at] = ranks[at - 1]!;
  ranks[at] = rank;
}

/** The number of a level; NaN if it is none. Read as winston reads it. */
export function rankOf(levels: unknown, name: unknown): number {
  if (typeof levels !== 'object' || levels === null || typeof name !== 'string') return NO_RANK;
  const rank = (levels as Record<string, unknown>)[name];
  return typeof rank === 'number' ? rank : NO_RANK;
}
