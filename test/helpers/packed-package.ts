import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PACKAGE_NAME, REPOSITORY } from './repository.js';

const DIST = join(REPOSITORY, 'dist');
const BIN = join(REPOSITORY, 'bin');
const PACKED = join(REPOSITORY, '.packed');
const APP = join(PACKED, 'app');
const KEY_FILE = '.packed-from';
const COMMAND = 'node_modules/.bin/otel-register';

let isInstalled = false;

/**
 * Packs the built package as `npm publish` would, and installs it into an empty application.
 * Returns that application's folder, where `--import @emp/otel-register` finds it by name.
 * A build that is packed already is not packed again.
 */
export function installPackedPackage(): string {
  if (isInstalled) return APP;

  const key = keyOfBuild();
  if (readKey() !== key) installAnew(key);
  isInstalled = true;
  return APP;
}

/** The command, as npm links it into the application. */
export function packageCommand(): string {
  return join(installPackedPackage(), COMMAND);
}

/** The file that preloading the installed package loads. */
export function packageEntry(condition: 'import' | 'require'): string {
  const folder = join(installPackedPackage(), 'node_modules', PACKAGE_NAME);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, manifest.exports['.'][condition].default);
}

// The content decides, not its age: a rebuild that changes nothing costs nothing.
function keyOfBuild(): string {
  if (!existsSync(join(DIST, 'register.mjs'))) {
    throw new Error('dist/register.mjs is missing. Run "npm run build" first.');
  }
  const hash = createHash('sha256').update(REPOSITORY);
  for (const file of [join(REPOSITORY, 'package.json'), ...filesIn(BIN), ...filesIn(DIST)]) {
    hash.update(`\0${relative(REPOSITORY, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function readKey(): string | undefined {
  const file = join(APP, KEY_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

// Put together beside its place and moved there whole: another test run may look meanwhile.
function installAnew(key: string): void {
  mkdirSync(PACKED, { recursive: true });
  const staging = mkdtempSync(join(PACKED, 'staging-'));
  try {
    const app = join(staging, 'app');
    unpack(packInto(staging), join(app, 'node_modules', PACKAGE_NAME));
    linkCommand(app);
    writeFileSync(join(app, 'package.json'), '{ "name": "packed-app", "private": true }\n');
    writeFileSync(join(app, KEY_FILE), key);

    rmSync(APP, { recursive: true, force: true });
    renameSync(app, APP);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

// Without scripts: `prepack` would rebuild, also the compiled tests that are running.
function packInto(folder: string): string {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'));
  if (!tarball) throw new Error('"npm pack" made no tarball.');
  return join(folder, tarball);
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
  for (const map of filesIn(DIST).filter(file => file.endsWith('.map'))) {
    writeAbsoluteMap(map, join(folder, relative(REPOSITORY, map)));
  }
}

function linkCommand(app: string): void {
  const link = join(app, COMMAND);
  const target = join(app, 'node_modules', PACKAGE_NAME, 'bin/otel-register');
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), target), link);
}

// A bundle's map names its sources relative to dist/. Seen from the installed copy they would not
// exist, and c8 would count no line of src/ that runs in a child.
function writeAbsoluteMap(from: string, to: string): void {
  const map = JSON.parse(readFileSync(from, 'utf8'));
  const base = resolve(dirname(from), map.sourceRoot ?? '');
  const sources = map.sources.map((source: string) => resolve(base, source));

  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, JSON.stringify({ ...map, sourceRoot: '', sources }));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
