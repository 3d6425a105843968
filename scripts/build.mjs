// Builds what is published (dist/, bundled) and what is tested and demonstrated (build/, as compiled).
// `--dist` builds the former alone.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { noteLibraries, writeLicences } from './licences.mjs';
import { leaveOutSources } from './source-maps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const libraries = new Set();
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'linked',
  minify: true,
  legalComments: 'none',
  plugins: [noteLibraries(libraries)],
  // `import()` of a builtin would go through the loader of ES modules, which evaluates every lazy export
  // there is: `node:http` brought tls, http2 and more, 27 ms and 7 MiB (Node 24.21).
  supported: { 'dynamic-import': false },
  define: { PACKAGE_VERSION: JSON.stringify(version) },
};

// Builtins are all that is required in there. Past `require`, for require-in-the-middle has patched it
// where the program traces: that we want `fs` would be the reason to make spans of it.
const pastHooks = { js: 'require=require("module")._load;' };

rmSync('dist', { recursive: true, force: true });
await build({
  ...shared,
  banner: pastHooks,
  entryPoints: {
    start: 'src/start.ts',
    exporter: 'src/pipeline/worker.ts',
    'otel-logs': 'src/otel/logger-provider.ts',
    'early-resource': 'src/spool/early-resource.ts',
    metrics: 'src/metrics/meter.ts',
    tracing: 'src/tracing/create-parts.ts',
    instrumentations: 'src/tracing/instrumentations/instrumentations.ts',
    rules: 'src/rules/file/read-rules.ts',
  },
});
// Nearly all of it is a parser of YAML: its source map would be the largest file of the package.
await build({
  ...shared,
  sourcemap: false,
  entryPoints: { 'rules-document': 'src/rules/file/document.ts' },
});
copyFileSync('src/rules/file/rules.schema.json', 'dist/rules.schema.json');
// The command line: each module loaded by `import()` is a bundle of its own.
await build({
  ...shared,
  entryPoints: [
    { in: 'src/cli.ts', out: 'cli' },
    { in: 'src/commands/run.ts', out: 'commands/run' },
    { in: 'src/commands/run/viewer.ts', out: 'commands/run/viewer' },
    { in: 'src/commands/run/leash.ts', out: 'commands/leash' },
    { in: 'src/commands/doctor.ts', out: 'commands/doctor' },
    { in: 'src/commands/completion.ts', out: 'commands/completion' },
    { in: 'src/commands/doctor/probe-program.ts', out: 'commands/probe-program' },
    { in: 'src/spool/deliver-leftovers.ts', out: 'spool/deliver-leftovers' },
  ],
  plugins: [...shared.plugins, { name: 'lazy', setup: leaveDynamicImports }],
});
// Half of it is a reader of protobuf, and nobody debugs it in production: no source map.
await build({
  ...shared,
  sourcemap: false,
  entryPoints: { 'commands/view': 'src/commands/view.ts' },
});
// Not bundled with the rest: it decides whether the rest may be loaded, on any Node.
await build({
  ...shared,
  bundle: false,
  target: 'es5',
  entryPoints: { register: 'src/register.cts' },
});
await build({
  ...shared,
  bundle: false,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  entryPoints: { register: 'src/register.ts' },
});
writeFileSync('dist/register.d.mts', 'export {};\n');
writeFileSync('dist/register.d.cts', 'export {};\n');
// For applications to import: of both kinds, and without anything of the preload in them.
const imported = { api: 'src/api.ts', logger: 'src/logger.ts' };
for (const [name, source] of Object.entries(imported)) {
  // The logger shares most of its source with the preload, whose map has it.
  const options = {
    ...shared,
    sourcemap: name === 'api' && 'linked',
    entryPoints: { [name]: source },
  };
  await build({
    ...options,
    banner: { js: "const fileUrl=require('node:url').pathToFileURL(__filename).href;" },
    define: { ...shared.define, 'import.meta.url': 'fileUrl' },
  });
  await build({ ...options, format: 'esm', outExtension: { '.js': '.mjs' } });
}
compile('--project', 'tsconfig.api.json');
// The page of `otel-register view`, for browsers: without source maps, which would outweigh it.
await build({
  ...shared,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  outdir: 'dist/viewer',
  outExtension: {},
  sourcemap: false,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: [
    { in: 'src/viewer/page/main.tsx', out: 'page' },
    { in: 'src/viewer/page/style/page.css', out: 'page' },
  ],
});
copyFileSync('src/viewer/page/page.html', 'dist/viewer/page.html');
compile('--project', 'tsconfig.page.json');
for (const name of Object.keys(imported)) {
  copyFileSync(`dist/types/${name}.d.ts`, `dist/${name}.d.mts`);
  copyFileSync(`dist/types/${name}.d.ts`, `dist/${name}.d.cts`);
}
rmSync('dist/types', { recursive: true });

// dist/ has the folders of src/, so that only the ending of what is imported changes.
function leaveDynamicImports({ onResolve }) {
  onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, kind }) =>
    kind === 'dynamic-import' ? { path: path.replace(/js$/, 'cjs'), external: true } : undefined,
  );
}

writeLicences('dist/LICENSES.txt', libraries);
for (const file of readdirSync('dist', { recursive: true })) {
  if (file.endsWith('.map')) leaveOutLibraries(`dist/${file}`);
}

// Half of the package was the text of libraries, which npm has as well.
function leaveOutLibraries(file) {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  const ours = leaveOutSources(map, source => source.includes('node_modules/'));
  writeFileSync(file, JSON.stringify(ours));
}

if (!process.argv.includes('--dist')) {
  rmSync('build', { recursive: true, force: true });
  compile();
}

function compile(...args) {
  const tsc = 'node_modules/typescript/bin/tsc';
  execFileSync(process.execPath, [tsc, ...args], { stdio: 'inherit' });
}
