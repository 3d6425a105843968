import type { Generation } from './generation.js';
import type { Database } from './sqlite.js';
import { SqliteGeneration } from './sqlite-generation.js';
import { addFunctions } from './sqlite-select.js';
import { SqliteSpans } from './sqlite-spans.js';
import { APPLICATION_ID, SCHEMA_VERSION } from './sqlite-tables.js';
import type { Storage } from './storage.js';

/** Read ahead of and kept between questions. */
const CACHE_KIB = 65_536;

/**
 * @param file Empty: one in the folder for temporary files that only we see, and that is gone with
 *   this process, however it ends.
 * @throws If it is no database, one of another version, or used by another process.
 */
export function openSqliteStorage(
  sqlite: { readonly DatabaseSync: new (file: string) => Database },
  file: string,
): Storage {
  const database = new sqlite.DatabaseSync(file);
  try {
    prepareDatabase(database, file !== '');
    return createStorage(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareDatabase(database: Database, isLasting: boolean): void {
  // Alone: without shared memory, and a second process is told at once.
  database.exec(`
    PRAGMA busy_timeout = 0;
    PRAGMA locking_mode = EXCLUSIVE;
    BEGIN IMMEDIATE;
  `);
  // Before the mode of the journal is set, which is written into the file.
  checkOwner(database);
  database.exec(`
    COMMIT;
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA temp_store = MEMORY;
    PRAGMA synchronous = ${isLasting ? 'NORMAL' : 'OFF'};
    PRAGMA journal_mode = ${isLasting ? 'WAL' : 'MEMORY'};
    BEGIN IMMEDIATE;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
    CREATE TABLE IF NOT EXISTS generations (number INTEGER PRIMARY KEY, first_id INTEGER);
    CREATE TABLE IF NOT EXISTS spans (
      id INTEGER PRIMARY KEY, trace TEXT, span TEXT, parent TEXT, name TEXT, kind INTEGER,
      start_time TEXT, end_time TEXT, status INTEGER, service TEXT, attributes TEXT
    );
    CREATE INDEX IF NOT EXISTS spans_trace ON spans (trace);
    COMMIT;
  `);
  addFunctions(database);
}

// Small versions are what many programs number their files with: ours has a name, too.
function checkOwner(database: Database): void {
  const owner = database.prepare('PRAGMA application_id').get()!.application_id;
  const version = database.prepare('PRAGMA user_version').get()!.user_version;
  if (owner === APPLICATION_ID) {
    if (version !== SCHEMA_VERSION) throw new Error('it was made by another version');
    return;
  }
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()!.count;
  if (owner !== 0 || version !== 0 || tables > 0) throw new Error('it was made by something else');
}

function createStorage(database: Database): Storage {
  const pages = database.prepare(
    'SELECT page_count - freelist_count AS used, page_size AS size ' +
      'FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()',
  );
  const rows = database.prepare('SELECT number, first_id FROM generations ORDER BY number');
  let lastNumber = 0;
  return {
    kind: 'sqlite',
    open: () =>
      rows.all().map(({ number, first_id }) => {
        lastNumber = number;
        return new SqliteGeneration(database, number, first_id);
      }),
    spans: new SqliteSpans(database),
    create: (firstId): Generation => new SqliteGeneration(database, ++lastNumber, firstId),
    change: work => inTransaction(database, work),
    usedBytes: () => {
      const { used, size } = pages.get()!;
      return used * size;
    },
    close: () => database.close(),
  };
}

function inTransaction(database: Database, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // A full disk has rolled it back already.
    }
    throw error;
  }
}
