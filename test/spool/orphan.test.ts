import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordList } from '../../src/pipeline/record-list.js';
import { Orphan } from '../../src/spool/orphan.js';
import { entry, ownSpool, readAllRecords, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/orphan');

const ID = `${STEM}.0`;

function texts(orphan: Orphan, atOnce?: number): string[] {
  return readAllRecords(orphan, atOnce).map(({ text }) => text);
}

/** What a process left that has drained these, and delivered so many of them. */
function leave(entries: readonly Buffer[], delivered = 0) {
  const folder = temporaryFolder();
  const spool = ownSpool(folder, { prelude: () => entry([], { scope: 'scope', position: -1 }) });
  spool.setResource(Buffer.from('resource'));
  for (const bytes of entries) spool.append(bytes);
  const path = join(folder, ID);
  if (delivered > 0) {
    const records = new RecordList();
    new Orphan(path, ID).take(records, Infinity, delivered);
    spool.settle(records, 0);
  }
  return { folder, path };
}

test('what was drained and not delivered is there, with its scope and its resource', () => {
  const { path } = leave([entry(['1', '2']), entry(['3'], { position: 32 })], 1);
  const orphan = new Orphan(path, ID);

  assert.is(Buffer.from(orphan.resource).toString(), 'resource');
  assert.equal(
    readAllRecords(orphan).map(({ text, scope, position }) => [text, scope, position]),
    [
      ['2', 'scope', 16],
      ['3', 'scope', 32],
    ],
  );
});

test('the uid of a record is the same in whichever folder of its process it is', () => {
  const { path } = leave([entry(['1'])]);
  for (const id of [ID, `${STEM}.1`]) {
    const records = new RecordList();
    new Orphan(path, id).take(records, Infinity, Infinity);

    assert.is(records.uidPrefix, STEM);
  }
});

test('claimed by another in turn, it holds nothing more, and nothing of it is removed', () => {
  const { folder, path } = leave([entry(['1', '2', '3'])]);
  const orphan = new Orphan(path, ID);
  const records = new RecordList();
  orphan.take(records, Infinity, 1);
  renameSync(path, join(folder, 'claimed'));
  orphan.settle(records);
  orphan.take(records, Infinity, 2);
  orphan.remove();

  assert.is(records.count, 1);
  assert.equal(texts(new Orphan(join(folder, 'claimed'), ID)), ['2', '3']);
});

test('a record that was written through as well is there once', () => {
  const { path } = leave([entry(['drained', 'error']), entry(['later'], { stream: 5 })]);
  writeFileSync(
    join(path, '0.through'),
    Buffer.concat([entry(['error'], { position: 16 }), entry(['not drained'], { position: 32 })]),
  );

  assert.equal(texts(new Orphan(path, ID)), ['drained', 'error', 'later', 'not drained']);
});

test('what was written through and delivered is not there', () => {
  const { path } = leave([entry(['1', '2'])], 2);
  writeFileSync(join(path, '0.through'), entry(['2'], { position: 16 }));

  assert.equal(texts(new Orphan(path, ID)), []);
});

test('whoever takes over goes on behind what was settled', () => {
  const { path } = leave([entry(['1', '2', '3'])]);
  const first = new Orphan(path, ID);
  const records = new RecordList();
  first.take(records, Infinity, 2);
  first.settle(records);
  first.close();

  assert.equal(texts(new Orphan(path, ID)), ['3']);
});

test('more than memory should hold at once is read page by page', () => {
  const long = 'x'.repeat(100_000);
  const entries = Array.from({ length: 50 }, (_, i) =>
    entry([`${i}${long}`], { position: i * 200_000 }),
  );
  const { path } = leave(entries);

  assert.is(texts(new Orphan(path, ID), 3).length, 50);
});

test('what was delivered before takes no memory', () => {
  const long = 'x'.repeat(200_000);
  const entries = Array.from({ length: 200 }, (_, i) =>
    entry([`${i}${long}`], { position: i * 200_032 }),
  );
  const { path } = leave(entries, 199);
  const orphan = new Orphan(path, ID);
  const records = new RecordList();
  const before = bytesHeld();
  orphan.take(records, Infinity, Infinity);

  const grownBytes = bytesHeld() - before;
  assert.is(records.page(0).toString('latin1', records.starts[0], records.starts[0]! + 3), '199');
  assert.is(records.count, 1);
  assert.ok(grownBytes < 8 * 1024 * 1024, `${grownBytes} bytes`);
});

function bytesHeld(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

test('when all is delivered, nothing is left', () => {
  const { folder, path } = leave([entry(['1'])]);
  const orphan = new Orphan(path, ID);
  texts(orphan);
  orphan.remove();

  assert.equal(readdirSync(folder), []);
});

test('damage costs what is damaged, and the file is set aside', () => {
  const whole = [entry(['1']), entry(['2'], { position: 16 }), entry(['3'], { position: 32 })];
  whole[1]![30]! ^= 1;
  const { folder, path } = leave(whole);
  const orphan = new Orphan(path, ID);

  assert.equal(texts(orphan), ['1', '3']);
  assert.is(orphan.setAside, 1);
  assert.equal(readdirSync(join(folder, 'set-aside')), [`${ID}-000000000.segment`]);
});

test('an end that is missing is no damage', () => {
  const { folder, path } = leave([entry(['1'])]);
  writeFileSync(join(path, '0.through'), entry(['2'], { position: 16 }).subarray(0, 30));
  writeFileSync(
    join(path, '1.through'),
    Buffer.concat([entry(['3'], { stream: 1 }), entry(['4']).subarray(0, 10)]),
  );
  const orphan = new Orphan(path, ID);

  assert.equal(texts(orphan), ['1', '3']);
  assert.is(existsSync(join(folder, 'set-aside', `${ID}-1.through`)), false);
});

test('what is no file is not read', () => {
  const { path } = leave([entry(['1'])]);
  mkdirSync(join(path, '0.through'));

  assert.equal(texts(new Orphan(path, ID)), ['1']);
});

test.run();
