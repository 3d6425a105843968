// node scripts/console-table.mjs: writes docs/console.md from the table of console calls.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const { consolePage } = await import('../build/test/preload/console-page.js');
writeFileSync('docs/console.md', consolePage());
