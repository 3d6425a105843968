import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('output/write-to-stderr');

const module = JSON.stringify(new URL('../../src/output/write-to-stderr.js', import.meta.url).href);

/** What arrives of 'a line\n' through a pipe with room for so many bytes, and then for one at a time. */
function arrivesOf(roomBytes: number): string {
  const code = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let room = ${roomBytes};
    let arrived = '';
    fs.writeSync = (fd, bytes, at = 0) => {
      const text = bytes.toString('utf8', at, bytes.length === 1 ? 1 : at + room);
      if (text === '') throw Object.assign(new Error('full'), { code: 'EAGAIN' });
      room -= text.length;
      arrived += text;
      return text.length;
    };
    syncBuiltinESMExports();
    const { writeToStderr } = await import(${module});
    writeToStderr('a line\\n');
    process.stdout.write(JSON.stringify(arrived));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', code],
    { timeout: 60_000 },
  );
  assert.is(status, 0, stderr.toString());
  return JSON.parse(stdout.toString());
}

test('a line is written whole where there is room', () => {
  assert.is(arrivesOf(100), 'a line\n');
});

test('a line that is given up in its middle is ended, so that the next one is whole', () => {
  assert.is(arrivesOf(3), 'a l\n');
});

test('a line of which nothing was written leaves nothing', () => {
  assert.is(arrivesOf(0), '');
});

test.run();
