import { statSync } from '../spool/fs.js';

/** How soon a change is noticed. A look takes some 5 µs of the exporter thread. */
const LOOK_MS = 2_000;
/** A change counts once nothing more has changed for so long: editors write in several steps. */
const SETTLE_MS = 200;

/**
 * Calls back when another file is at that path than before, or another content in it; also once at the
 * start, in case it changed since it was read. Looks again and again: a watcher would follow the file
 * that was there, where Kubernetes and editors put another in its place. Keeps nothing alive.
 */
export function followFile(path: string, onChange: () => void): void {
  let told: string | undefined;
  let seen: string | undefined;
  const look = () => {
    const mark = markOf(path);
    const isSettling = mark !== told && mark !== seen;
    seen = mark;
    if (mark !== told && !isSettling) {
      told = mark;
      onChange();
    }
    setTimeout(look, isSettling ? SETTLE_MS : LOOK_MS).unref();
  };
  look();
}

// Of what the path leads to in the end: a ConfigMap changes where a link leads.
function markOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join();
  } catch {
    // Gone, or not to be looked at: a state like any other.
    return '';
  }
}
