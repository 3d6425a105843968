import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectResourceNow } from '../../src/resource-detectors/index.js';
import { thisHost } from '../../src/resource-detectors/this-host.js';

const test = suite('resource-detectors/this-host');

const host = thisHost({ argv: process.argv });
const folder = mkdtempSync(path.join(os.tmpdir(), 'this-host-'));
test.after(() => rmSync(folder, { recursive: true }));

test('describes the process it runs in', () => {
  assert.is(host.pid, process.pid);
  assert.is(host.cwd, process.cwd());
  assert.is(host.hostname(), os.hostname());
  assert.is(host.osVersion(), os.release());
  assert.is(host.env, process.env);
});

test("takes the application's arguments, environment and folder over its own", () => {
  const theirs = thisHost({ argv: ['node', '/srv/app.js'], env: { A: 'b' }, cwd: '/srv' });

  assert.equal(theirs.argv, ['node', '/srv/app.js']);
  assert.equal(theirs.env, { A: 'b' });
  assert.is(theirs.cwd, '/srv');
});

test('reads a text file', () => {
  const file = path.join(folder, 'small.txt');
  writeFileSync(file, 'grüße\n');

  assert.is(host.readText(file), 'grüße\n');
});

test('reads no more than 64 KiB of a huge file', () => {
  const file = path.join(folder, 'huge.txt');
  writeFileSync(file, 'x'.repeat(1_000_000));

  assert.is(host.readText(file)?.length, 65_536);
});

test('a huge package.json is as good as none', () => {
  const cwd = path.join(folder, 'huge-package');
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, 'package.json'), `{"name":"huge","x":"${'x'.repeat(100_000)}"}`);

  const resource = detectResourceNow(thisHost({ argv: ['node'], env: {}, cwd }));

  assert.is.not(resource['service.name'], 'huge');
});

test('a file that is absent, or a folder, is undefined', () => {
  assert.is(host.readText(path.join(folder, 'absent')), undefined);
  assert.is(host.readText(folder), undefined);
  assert.is(host.readText('\0'), undefined);
});

if (process.platform !== 'win32') {
  test('a named pipe nobody writes to does not block', () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);

    assert.is(host.readText(pipe), undefined);
  });

  test('a device is not read', () => {
    assert.is(host.readText('/dev/zero'), undefined);
  });
}

if (process.platform === 'linux') {
  test('a file of /proc is read though its size is said to be 0', () => {
    assert.match(host.readText('/proc/self/mountinfo') ?? '', ' / ');
  });
}

test('lists a folder, and nothing of one that is absent', () => {
  const listed = path.join(folder, 'listed');
  mkdirSync(listed);
  writeFileSync(path.join(listed, 'a'), '');

  assert.equal(host.list(listed), ['a']);
  assert.equal(host.list(path.join(folder, 'absent')), []);
  assert.equal(host.list(path.join(listed, 'a')), []);
});

test('describes the machine the tests run on', () => {
  const resource = detectResourceNow(host);

  assert.is(resource['process.pid'], process.pid);
  assert.not('process.command_args' in resource);
  for (const value of Object.values(resource)) assert.ok(value !== undefined && value !== '');
});

test.run();
