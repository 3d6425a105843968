import type { CellResult } from './matrix.js';
import type { Share } from './tally.js';

export function isAllThere({ delivered, logged }: Share): boolean {
  return logged > 0 && delivered === logged;
}

/** Which cell of the matrix failed, and what it came to. */
export function where({ ending, state, isUnderRun, inTheEnd, result }: CellResult): string {
  const { lostPhases, ...counts } = inTheEnd;
  const cell = [ending.name, state, isUnderRun ? 'run' : 'bare'].join(' / ');
  const found = JSON.stringify({ ...counts, lostPhases: [...lostPhases] });
  return `${cell}: ${found}\n${result.stderr.toString().slice(-2000)}`;
}
