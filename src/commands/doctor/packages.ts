import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monotonicMs } from '../../pipeline/clock.js';
import { readManifest } from './preloads.js';

/** A copy of a package. */
export interface Copy {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** A tree may be huge, or on a slow disk. */
const MAX_MS = 2_000;

/** Copies of the packages that `isWanted`, in every node_modules a program in `folder` may load from. */
export function findCopies(folder: string, isWanted: (name: string) => boolean): Copy[] {
  const walk = new Walk(isWanted);
  for (let above = folder; ; above = dirname(above)) {
    walk.look(join(above, 'node_modules'));
    if (dirname(above) === above) return walk.copies;
  }
}

class Walk {
  readonly copies: Copy[] = [];
  readonly #isWanted: (name: string) => boolean;
  readonly #seen = new Set<string>();
  readonly #untilMs = monotonicMs() + MAX_MS;

  constructor(isWanted: (name: string) => boolean) {
    this.#isWanted = isWanted;
  }

  look(modules: string): void {
    for (const entry of namesIn(modules)) {
      if (entry === '.pnpm') {
        // pnpm keeps every package there, each beside what it depends on.
        for (const one of namesIn(join(modules, entry))) {
          this.look(join(modules, entry, one, 'node_modules'));
        }
      } else if (entry.startsWith('@')) {
        for (const name of namesIn(join(modules, entry))) this.#visit(modules, `${entry}/${name}`);
      } else if (!entry.startsWith('.')) this.#visit(modules, entry);
    }
  }

  #visit(modules: string, name: string): void {
    if (monotonicMs() > this.#untilMs) return;
    const folder = real(join(modules, name));
    // A link may lead to a folder that is above it.
    if (folder === undefined || this.#seen.has(folder)) return;
    this.#seen.add(folder);
    if (this.#isWanted(name)) {
      const { version = '?', name: ownName = name } = readManifest(folder) ?? {};
      this.copies.push({ name: ownName, version, folder });
    }
    this.look(join(folder, 'node_modules'));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    // A link to nowhere.
    return undefined;
  }
}
