// node scripts/winston-table.mjs: writes docs/winston.md from the tables of winston loggers and calls.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const { winstonPage } = await import('../build/test/winston/winston-page.js');
writeFileSync('docs/winston.md', winstonPage());
