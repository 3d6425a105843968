import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Whether a terminal sends its signals to this process, and so to the programs it started. */
export function isInForeground(): boolean {
  try {
    return isForegroundGroup(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    // Not Linux: with a terminal, most likely.
    return [0, 1, 2].some(isatty);
  }
}

/** From the text of `/proc/<pid>/stat`: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function isForegroundGroup(stat: string): boolean {
  // The second field is the command in parentheses, which may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [, , group, , terminal, terminalGroup] = fields;
  return terminal !== '0' && group === terminalGroup;
}
