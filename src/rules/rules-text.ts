import { readFileSync, statSync } from '../spool/fs.js';

/** Beyond, it is hardly a file of rules. */
const MAX_BYTES = 1024 * 1024;

export type RulesText = { readonly text: string } | { readonly problem: string };

/** The content of a rules file, or why there is none. */
export function readRulesText(path: string): RulesText {
  try {
    const stats = statSync(path);
    // Opening a named pipe would wait for somebody to write to it.
    if (!stats.isFile()) return { problem: 'is not a file' };
    if (stats.size > MAX_BYTES) return { problem: `is larger than ${MAX_BYTES} bytes` };
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code)})` };
  }
}
