import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphans } from '../../src/spool/orphans.js';
import { entry, letTimePass, ownSpool, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('durability/clock-jumps');

const HOUR_S = 3_600;
const DECADES_S = 50 * 365 * 24 * HOUR_S;
const HEARTBEAT_S = 5;

/** Somebody else looks every 6.5 s at a process that shows life, by a clock that is so far behind. */
function isEverTakenForDead(secondsBehind: number): boolean {
  const folder = temporaryFolder();
  ownSpool(folder, { place: { folder, stem: STEM } }).append(entry(['alive']));
  let nowMs = 0;
  const orphans = new Orphans({
    folder,
    ownStem: 'none',
    claimer: randomUUID(),
    maxAgeMs: HOUR_S * 24 * 1000,
    maxBytes: 2 ** 30,
    monotonicMs: () => nowMs,
  });
  for (let looks = 0; looks < 20; looks++) {
    letTimePass(folder, secondsBehind - looks * HEARTBEAT_S);
    if (orphans.claimNext() !== undefined) return true;
    nowMs += 6_500;
  }
  return false;
}

for (const [what, secondsBehind] of [
  ['an hour behind', HOUR_S],
  ['decades behind', DECADES_S],
  ['an hour ahead', -HOUR_S],
] as const) {
  test(`a live process whose clock is ${what} is not taken for dead`, () => {
    assert.not(isEverTakenForDead(secondsBehind));
  });
}

test.run();
