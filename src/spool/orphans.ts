import { join } from 'node:path';
import { attempt } from '../attempt.js';
import { monotonicMs } from '../pipeline/clock.js';
import type { Expiry } from '../pipeline/supply.js';
import { namesIn, touch } from './files.js';
import { lstatSync, renameSync, rmSync } from './fs.js';
import { Orphan } from './orphan.js';
import { claimedName, parseSpoolName, type SpoolName } from './spool-name.js';

/** A process shows that it lives every 5 s: after so long it is dead, or stopped. */
const SILENT_MS = 30_000;
/** Looked at twice at this distance: wall time may have jumped, or all of us may have been stopped. */
const WATCHED_MS = 6_000;
const FIRST_RELEASE_MS = Date.UTC(2026, 0);

interface Candidate {
  readonly name: string;
  readonly parsed: SpoolName;
  readonly modifiedMs: number;
  /** When its owner showed to be alive last, whoever has claimed it since. */
  readonly leftAtMs: number;
}

interface Found extends Candidate {
  readonly isTooMuch: boolean;
}

interface Sighting {
  readonly modifiedMs: number;
  readonly atMs: number;
}

export interface OrphansOptions {
  /** Of the destination. */
  readonly folder: string;
  /** Begins the names of our own. */
  readonly ownStem: string;
  readonly claimer: string;
  readonly maxAgeMs: number;
  /** Of all that dead processes left, or a program that dies again and again would fill the disk. */
  readonly maxBytes: number;
  /** Default: the process's. */
  monotonicMs?(): number;
}

/** Finds and claims what dead processes left in one destination's folder. */
export class Orphans {
  readonly #options: OrphansOptions;
  #sightings = new Map<string, Sighting>();
  /** At the last look, and not claimed yet. The oldest last. */
  #found: Found[] = [];

  constructor(options: OrphansOptions) {
    this.#options = options;
  }

  /**
   * The oldest one that nobody else was faster to claim. Those that are too old have expired, and so
   * have the oldest of those that are too much.
   */
  claimNext(): Orphan | undefined {
    // Not for each: with thousands of them, looking would take longer than delivering.
    if (this.#found.length === 0) this.#found = this.#withSizes(this.#look());
    for (let next = this.#found.pop(); next !== undefined; next = this.#found.pop()) {
      if (!this.#isStillSilent(next)) continue;
      const orphan = this.#claim(next, this.#expiryOf(next));
      if (orphan !== undefined) return orphan;
    }
    return undefined;
  }

  /** Whatever a predecessor of ours left under that name, without waiting. */
  claim(name: string): Orphan | undefined {
    const candidate = this.#candidate(name);
    return candidate && this.#claim(candidate);
  }

  /** Names of what belongs to one run, claimed or not. */
  namesOfRun(runId: string): string[] {
    return this.#candidates()
      .filter(({ parsed }) => parsed.runId === runId)
      .map(({ name }) => name);
  }

  /** Keeps others from claiming it. */
  static keepAlive({ path }: Orphan): void {
    try {
      touch(path);
    } catch {
      // Claimed from us in turn: what was taken of it may be sent twice.
    }
  }

  // A time before any of our releases is that of a machine that booted without a clock.
  #expiryOf({ leftAtMs, isTooMuch }: Found): Expiry | undefined {
    if (isTooMuch) return 'too much';
    const isOld = Date.now() - leftAtMs > this.#options.maxAgeMs;
    return isOld && leftAtMs > FIRST_RELEASE_MS ? 'too old' : undefined;
  }

  #withSizes(candidates: readonly Candidate[]): Found[] {
    let bytes = 0;
    return candidates.map((candidate, i) => {
      bytes += sizeOf(join(this.#options.folder, candidate.name));
      return { ...candidate, isTooMuch: i > 0 && bytes > this.#options.maxBytes };
    });
  }

  // What was before it may have taken minutes. Its owner, who was stopped, may have gone on since:
  // what he appends once it is claimed would not be read.
  #isStillSilent({ name, modifiedMs }: Candidate): boolean {
    return modifiedMsOf(join(this.#options.folder, name)) === modifiedMs;
  }

  // Newest first.
  #look(): Candidate[] {
    const nowMs = (this.#options.monotonicMs ?? monotonicMs)();
    const wallMs = Date.now();
    const sightings = new Map<string, Sighting>();
    const silent: Candidate[] = [];
    for (const candidate of this.#candidates()) {
      const { name, modifiedMs } = candidate;
      const known = this.#sightings.get(name);
      const first = known?.modifiedMs === modifiedMs ? known : { modifiedMs, atMs: nowMs };
      sightings.set(name, first);
      const watchedMs = nowMs - first.atMs;
      const isSilent = wallMs - modifiedMs > SILENT_MS && watchedMs >= WATCHED_MS;
      if (isSilent || watchedMs > SILENT_MS) silent.push(candidate);
    }
    this.#sightings = sightings;
    return silent.sort((a, b) => b.leftAtMs - a.leftAtMs);
  }

  #candidates(): Candidate[] {
    const found: Candidate[] = [];
    for (const name of namesIn(this.#options.folder)) {
      const candidate = this.#candidate(name);
      if (candidate?.parsed.id.startsWith(this.#options.ownStem) === false) found.push(candidate);
    }
    return found;
  }

  #candidate(name: string): Candidate | undefined {
    const parsed = parseSpoolName(name);
    const modifiedMs = parsed && modifiedMsOf(join(this.#options.folder, name));
    if (modifiedMs === undefined) return undefined;
    // Nothing was left in the future: it would never be too old, and always the newest.
    const leftAtMs = Math.min(parsed!.leftAtMs ?? modifiedMs, Date.now());
    return { name, parsed: parsed!, modifiedMs, leftAtMs };
  }

  #claim({ name, parsed, leftAtMs }: Candidate, expiry?: Expiry): Orphan | undefined {
    const { folder, claimer } = this.#options;
    const path = join(folder, claimedName(parsed, claimer, leftAtMs));
    try {
      // Of all that try at once, one succeeds.
      renameSync(join(folder, name), path);
    } catch {
      return undefined;
    }
    try {
      return new Orphan(path, parsed.id, expiry);
    } catch {
      // It cannot be read. It keeps its new name, and is looked at again as any other.
      if (expiry !== undefined) attempt(() => rmSync(path, { recursive: true, force: true }));
      return undefined;
    }
  }
}

function sizeOf(path: string): number {
  let bytes = 0;
  for (const name of namesIn(path)) {
    try {
      bytes += lstatSync(join(path, name)).size;
    } catch {
      // Delivered and deleted meanwhile.
    }
  }
  return bytes;
}

/** undefined where there is no folder of ours. */
function modifiedMsOf(path: string): number | undefined {
  try {
    const stat = lstatSync(path);
    const isOurs = process.getuid === undefined || stat.uid === process.getuid();
    return stat.isDirectory() && isOurs ? stat.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}
