import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSqliteStorage } from '../../../src/viewer/store/sqlite-storage.js';
import { Store } from '../../../src/viewer/store/store.js';
import { entry, workload } from '../entries.js';
import { SQLITE, storeIn } from './storages.js';

const test = suite('viewer/store/sqlite-storage');
const withSqlite = SQLITE ? test : test.skip;
const ALL = { filter: [] };

const folder = mkdtempSync(join(tmpdir(), 'otel-register-view-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const newFile = () => join(folder, `${made++}.db`);
const open = (file: string) => openSqliteStorage(SQLITE!, file);

withSqlite('a file keeps its records, and ids go on after the last', async () => {
  const file = newFile();
  const before = storeIn(open(file), { maxRecords: 1000 });
  for (let seed = 0; seed < 5; seed++) before.add(workload(90, seed));
  before.close();

  const after = storeIn(open(file), { maxRecords: 1000 });

  assert.is(after.recordCount, 450);
  after.add([entry({ body: 'one more' }), ...workload(10, 7)]);
  const found = await after.find({ filter: [], beforeId: 453 }, 3);
  assert.equal(
    found.map(({ id, body }) => [id, body.length > 0]),
    [452, 451, 450].map(id => [id, true]),
  );
  assert.is(after.get(451)!.body, 'one more');
  after.close();
});

withSqlite('a file with more than may be is cut when it is opened', async () => {
  const file = newFile();
  const before = storeIn(open(file));
  before.add(workload(900, 1));
  before.close();

  const after = storeIn(open(file), { maxRecords: 100 });

  assert.is(after.recordCount, 100);
  assert.is((await after.find(ALL, 1000)).length, 100);
  assert.is(after.droppedByRetention, 0);
  after.close();
});

withSqlite('a file in use, of another kind or of another version is refused', () => {
  const inUse = newFile();
  const store = storeIn(open(inUse));
  assert.throws(() => open(inUse), /locked/);
  store.close();

  const text = newFile();
  writeFileSync(text, 'these are notes, and should stay'.repeat(100));
  assert.throws(() => open(text), /not a database/);

  const other = newFile();
  const database = new SQLITE!.DatabaseSync(other);
  database.exec('CREATE TABLE theirs (id INTEGER)');
  database.close();
  assert.throws(() => open(other), /something else/);

  const newer = newFile();
  storeIn(open(newer)).close();
  const raised = new SQLITE!.DatabaseSync(newer);
  raised.exec('PRAGMA user_version = 1000');
  raised.close();
  assert.throws(() => open(newer), /another version/);
});

withSqlite(
  'a database of somebody else stays byte for byte, whatever version it gives itself',
  () => {
    for (const version of [0, 1, 2, 3]) {
      const file = newFile();
      const database = new SQLITE!.DatabaseSync(file);
      database.exec(`CREATE TABLE theirs (id INTEGER); PRAGMA user_version = ${version}`);
      database.close();
      const before = readFileSync(file);

      assert.throws(() => open(file), /made by something else/, String(version));

      assert.ok(readFileSync(file).equals(before), `version ${version}`);
      assert.not.ok(existsSync(`${file}-wal`), `version ${version}`);
    }
  },
);

withSqlite('a change that fails changes nothing, and the next one succeeds', async () => {
  const store = storeIn(open(''));
  store.add(workload(150, 1));
  const broken = { ...entry({ body: 'broken' }), attributes: {} as unknown as string };

  assert.throws(() => store.add([...workload(60, 2), broken]));

  assert.is(store.recordCount, 150);
  assert.is((await store.find(ALL, 1000)).length, 150);
  store.add([entry({ body: 'after it', resource: { 'service.name': 'new' } })]);
  assert.is(store.get(151)!.body, 'after it');
  assert.is(store.get(151)!.origin.service, 'new');
});

withSqlite('a generation that goes leaves no table', () => {
  const storage = open('');
  const store = new Store(storage, { maxRecords: 500, maxBytes: 2 ** 40 });
  for (let seed = 0; seed < 40; seed++) store.add(workload(500, seed));
  const bytes = storage.usedBytes([]);

  for (let seed = 0; seed < 40; seed++) store.add(workload(500, seed));

  assert.ok(storage.usedBytes([]) < bytes * 1.3, `${storage.usedBytes([])} after ${bytes}`);
});

test.run();
