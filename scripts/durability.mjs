// npm run durability: runs the durability matrix, and writes docs/durability.md.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const { reportDurability } = await import('../build/test/durability/report.js');
writeFileSync('docs/durability.md', await reportDurability());
