import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findDestination, openDestination } from '../../src/spool/place.js';
import { temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/place');

const DESTINATION = ['https://collector.test/v1/logs', 'authorization=Bearer secret'];
const OWN = `otel-register-${process.getuid?.()}`;

function open(spoolDir: string, destination = DESTINATION): string {
  return openDestination({ spoolDir, destination });
}

test('the folder is made, its parents as well, for nobody else', () => {
  const parent = join(temporaryFolder(), 'a', 'b');
  const folder = open(parent);

  assert.is(dirname(dirname(folder)), parent);
  for (const path of [folder, dirname(folder)]) assert.is(lstatSync(path).mode & 0o777, 0o700);
});

test('one destination has one folder, which tells nothing of it', () => {
  const parent = temporaryFolder();
  const folder = open(parent);

  assert.is(open(parent), folder);
  assert.match(basename(folder), /^[0-9a-f]{16}$/);
  assert.is.not(open(parent, [DESTINATION[0]!, 'authorization=Bearer other']), folder);
  assert.is.not(open(parent, ['https://other.test/v1/logs', DESTINATION[1]!]), folder);
  assert.is.not(open(parent, ['ab', 'c']), open(parent, ['a', 'bc']));
});

test('looked for, a folder is found if it is there, and not made', () => {
  const spoolDir = temporaryFolder();
  const options = { spoolDir, destination: DESTINATION };
  assert.is(findDestination(options), undefined);
  assert.equal(readdirSync(spoolDir), []);
  const folder = open(spoolDir);

  assert.is(findDestination(options), folder);
  assert.is(findDestination({ spoolDir, destination: ['another'] }), undefined);
  chmodSync(folder, 0o755);
  assert.is(findDestination(options), undefined);
});

test('a service uses what systemd keeps for it', () => {
  const stateDirectory = temporaryFolder();

  const folder = openDestination({ stateDirectory, destination: DESTINATION });
  assert.is(dirname(dirname(folder)), stateDirectory);
});

for (const [what, prepare, reason] of [
  ['a file', (path: string) => writeFileSync(path, ''), 'is not a folder'],
  ['a link', (path: string) => symlinkSync(dirname(path), path), 'is not a folder'],
  ['open to others', (path: string) => mkdirOpen(path), 'is open to other users'],
] as const) {
  test(`a folder that is ${what} is not used`, () => {
    const parent = temporaryFolder();
    prepare(join(parent, OWN));

    assert.throws(
      () => open(parent),
      (error: Error) => error.message.endsWith(reason),
    );
  });
}

test('a folder of another user is not used', () => {
  const parent = temporaryFolder();
  mkdirSync(join(parent, OWN), { mode: 0o700 });
  try {
    chownSync(join(parent, OWN), 12_345, 12_345);
  } catch {
    console.log('skipped: only root may give a folder away');
    return;
  }

  assert.throws(() => open(parent), /belongs to another user$/);
});

test('where one folder cannot be used, the next is', () => {
  const stateDirectory = temporaryFolder();
  writeFileSync(join(stateDirectory, OWN), '');

  const folder = openDestination({ stateDirectory, destination: DESTINATION });
  assert.is.not(dirname(dirname(folder)), stateDirectory);
});

function mkdirOpen(path: string): void {
  mkdirSync(path);
  chmodSync(path, 0o755);
}

test.run();
