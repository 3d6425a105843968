// npm run test:coexistence: installs real packages that trace, old and new, and runs programs that
// use them with and without us. `-- --write` writes docs/coexistence.md from what was found.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

run(process.execPath, ['scripts/build.mjs']);
const { COLLECTIONS, SETUPS } = await import('../build/test/coexistence/setups.js');
for (const setups of [SETUPS, COLLECTIONS]) {
  for (const [name, { packages }] of Object.entries(setups)) install(name, packages);
}

const folder = mkdtempSync(join(tmpdir(), 'otel-register-coexistence-'));
const report = join(folder, 'report');
writeFileSync(report, '');
const tests = ['scripts/uvu.mjs', 'coexistence/.*\\.test\\.js$'];
const { status } = spawnSync(process.execPath, tests, {
  stdio: 'inherit',
  env: { ...process.env, COEXISTENCE_REPORT: report },
});
const passed = readFileSync(report, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line));
rmSync(folder, { recursive: true });
if (status === 0 && process.argv.includes('--write')) {
  writeFileSync('docs/coexistence.md', page(passed));
}
process.exitCode = status;

function install(name, packages) {
  const folder = join('.coexistence', name);
  const manifest = JSON.stringify({ private: true, dependencies: packages }, null, 2);
  const file = join(folder, 'package.json');
  const isThere = existsSync(file) && readFileSync(file, 'utf8') === manifest;
  if (isThere && existsSync(join(folder, 'node_modules'))) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, manifest);
  // Native parts are for profiling: without them nothing that is compared changes.
  run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-package-lock', '--silent']);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}.`);
}

function page(results) {
  const ways = [...new Set(results.map(({ way }) => way))];
  const titles = [...new Set(results.map(({ title }) => title))];
  const rows = titles.map(title => [
    title,
    ...ways.map(way => (results.some(it => it.title === title && it.way === way) ? 'same' : '')),
  ]);
  const lines = [['', ...ways], ways.concat('').map(() => '---'), ...rows];
  return `# Beside the program's own tracing

Written by \`npm run test:coexistence -- --write\`, on Node ${process.versions.node}. Each cell is a program that answers
requests of its own with real packages of that version, run without us and with us. "same" is where

- its own exporter got the same spans: names, kinds, parents, attributes, how many;
- stdout, stderr and the exit code were the same;
- each line it logged was one record, with the ids of the span it was logged in;
- no other span or record arrived than it sends without us.

Sentry 11 and Datadog tell \`@opentelemetry/api\` nothing: there the preload traces beside them, spans
of ours go to the endpoint of OpenTelemetry, and records have their ids.
\`OTEL_REGISTER_TRACES=off\` ends that. Their own spans are the same either way. \`register\` is a
preload by itself, so there is nothing to start in a program.

${lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')}
`;
}
