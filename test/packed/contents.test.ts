import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules, SourceMap } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { installPackedPackage } from '../helpers/packed-package.js';
import { PACKAGE_NAME, REPOSITORY } from '../helpers/repository.js';

const test = suite('packed/contents');

const MAX_UNPACKED_BYTES = 3_000_000;

const folder = join(installPackedPackage(), 'node_modules', PACKAGE_NAME);
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();
const programs = files.filter(file => /(\.[cm]?js|bin\/otel-register)$/.test(file));
// Those of the installed copy are rewritten for the coverage of children.
const maps = files.filter(file => file.endsWith('.map'));

test('these files are published, and no others', () => {
  assert.equal(files, [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/otel-register',
    'bin/package.json',
    'bin/process-one.sh',
    'dist/LICENSES.txt',
    'dist/api.cjs',
    'dist/api.cjs.map',
    'dist/api.d.cts',
    'dist/api.d.mts',
    'dist/api.mjs',
    'dist/api.mjs.map',
    'dist/cli.cjs',
    'dist/cli.cjs.map',
    'dist/commands/completion.cjs',
    'dist/commands/completion.cjs.map',
    'dist/commands/doctor.cjs',
    'dist/commands/doctor.cjs.map',
    'dist/commands/leash.cjs',
    'dist/commands/leash.cjs.map',
    'dist/commands/probe-program.cjs',
    'dist/commands/probe-program.cjs.map',
    'dist/commands/run.cjs',
    'dist/commands/run.cjs.map',
    'dist/commands/run/viewer.cjs',
    'dist/commands/run/viewer.cjs.map',
    'dist/commands/view.cjs',
    'dist/early-resource.cjs',
    'dist/early-resource.cjs.map',
    'dist/exporter.cjs',
    'dist/exporter.cjs.map',
    'dist/instrumentations.cjs',
    'dist/instrumentations.cjs.map',
    'dist/logger.cjs',
    'dist/logger.d.cts',
    'dist/logger.d.mts',
    'dist/logger.mjs',
    'dist/metrics.cjs',
    'dist/metrics.cjs.map',
    'dist/otel-logs.cjs',
    'dist/otel-logs.cjs.map',
    'dist/register.cjs',
    'dist/register.cjs.map',
    'dist/register.d.cts',
    'dist/register.d.mts',
    'dist/register.mjs',
    'dist/register.mjs.map',
    'dist/rules-document.cjs',
    'dist/rules.cjs',
    'dist/rules.cjs.map',
    'dist/rules.schema.json',
    'dist/spool/deliver-leftovers.cjs',
    'dist/spool/deliver-leftovers.cjs.map',
    'dist/start.cjs',
    'dist/start.cjs.map',
    'dist/tracing.cjs',
    'dist/tracing.cjs.map',
    'dist/viewer/page.css',
    'dist/viewer/page.html',
    'dist/viewer/page.js',
    'package.json',
  ]);
});

test(`the package takes at most ${MAX_UNPACKED_BYTES} bytes unpacked`, () => {
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  assert.ok(bytes <= MAX_UNPACKED_BYTES, `${bytes} bytes`);
});

test('the licence of each library that is bundled is in it', () => {
  const text = readFileSync(join(folder, 'dist/LICENSES.txt'), 'utf8');
  for (const name of ['@opentelemetry/sdk-logs 3.1.0 (Apache-2.0)', 'picomatch', 'yaml']) {
    assert.ok(text.includes(`\n${name}`), name);
  }
  assert.match(text, /Permission is hereby granted/);
});

test('installing it installs nothing else, and runs nothing', () => {
  for (const name of ['', 'optional', 'bundle', 'bundled']) {
    assert.is(manifest[name ? `${name}Dependencies` : 'dependencies'], undefined, name);
  }
  for (const name of Object.keys(manifest.peerDependencies)) {
    assert.equal(manifest.peerDependenciesMeta[name], { optional: true }, name);
  }
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.is(manifest.scripts?.[script], undefined, script);
  }
});

test('its programs load only each other and what Node has built in', () => {
  for (const file of programs) {
    const text = readFileSync(join(folder, file), 'utf8');
    const names = [...text.matchAll(/\b(?:require\(|import\(|import |from )["']([^"']+)["']/g)];
    const outside = names
      .map(([, name]) => name!)
      .filter(name => !builtinModules.includes(name.replace(/^node:/, '')))
      .filter(name => !existsSync(join(folder, dirname(file), name)));
    assert.equal(outside, [], file);
  }
});

test('the command can be executed, and names node for the shims of Windows', () => {
  const command = join(folder, 'bin/otel-register');
  assert.is(statSync(command).mode & 0o111, 0o111);
  assert.ok(readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n'));
});

for (const file of programs) {
  test(`${file} parses on the Node under test`, () => {
    execFileSync(process.env.TEST_NODE ?? process.execPath, ['--check', join(folder, file)], {
      // Node 20 throws when it is to cover a program with a source map that it only checks. Empty,
      // as Node hands the variable down where it is missing.
      env: childEnvironment({ NODE_V8_COVERAGE: '' }),
    });
  });
}

for (const file of maps) {
  test(`${file} belongs to its program and names sources of ours alone`, () => {
    const program = file.slice(0, -'.map'.length);
    const name = program.slice(program.lastIndexOf('/') + 1);
    const ending = `//# sourceMappingURL=${name}.map\n`;
    assert.ok(readFileSync(join(folder, program), 'utf8').endsWith(ending));

    const map = JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8'));
    assert.ok(map.sources.length > 0 && map.mappings.length > 0);
    assert.not(map.sources.some(isAbsolute));
    for (const source of map.sources) {
      assert.ok(existsSync(resolve(REPOSITORY, dirname(file), source)), source);
    }
    assert.not(map.sources.some((source: string) => source.includes('node_modules/')));
  });
}

for (const [what, text, source] of [
  ['ours', 'traceidratio', 'src/tracing/sampler.ts'],
  ["a library's", 'TraceIdRatioBased', undefined],
  ["ours, behind a library's", 'client.address', 'src/tracing/server-spans.ts'],
] as const) {
  test(`a source map tells where code stood that is ${what}`, () => {
    const path = join(REPOSITORY, 'dist/tracing.cjs');
    const lines = readFileSync(path, 'utf8').split('\n');
    const line = lines.findIndex(each => each.includes(text));
    const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
    const entry = map.findEntry(line, lines[line]!.indexOf(text));
    const found = 'originalSource' in entry ? entry : undefined;

    assert.is(found?.originalSource?.replace(/^(\.\.\/)+/, ''), source);
    if (source === undefined) return;
    const original = readFileSync(join(REPOSITORY, source), 'utf8').split('\n');
    assert.ok(original[found!.originalLine]!.includes(text));
  });
}

test.run();
