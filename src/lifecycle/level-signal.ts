import { say } from '../self-report.js';
import { createSignalWatch } from './signals.js';

/**
 * Each time that signal comes, the level changes, and one line says to what. Where the program listens
 * to the signal itself, it is the program's, and nothing happens.
 *
 * @param toggle Answers the level's name.
 */
export function watchLevelSignal(signal: NodeJS.Signals, toggle: () => string): void {
  let count = 0;
  const watch = createSignalWatch(new Set([signal]), () => {
    count++;
    say(`level-signal-${count}`, `${signal}: the least level sent is now ${toggle()}.`);
  });
  watch?.open();
}
