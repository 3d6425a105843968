// npm test: build, lint, then every test, with the coverage of src that they and their children reach.
// Arguments are handed to uvu as the pattern of files: `npm test -- console`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const pattern = process.argv[2];

run('scripts/build.mjs');
if (pattern === undefined) run('node_modules/@biomejs/biome/bin/biome', 'ci', '.');
const tests = ['scripts/uvu.mjs', `${pattern ?? ''}.*\\.test\\.js$`];
// .c8rc.json names src twice: c8 asks for a source of a bundle by its file: URL, for others by path.
if (pattern === undefined) run('node_modules/c8/bin/c8.js', process.execPath, ...tests);
else run(...tests);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
