import type { Database } from './sqlite.js';

export interface Tables {
  readonly records: string;
  readonly contents: string;
  readonly origins: string;
  readonly sites: string;
  readonly search: string;
  readonly numbers: string;
}

/** Tells our files from those of other programs: `otrv`. https://www.sqlite.org/pragma.html#pragma_application_id */
export const APPLICATION_ID = 0x6f747276;
/** Raised whenever a table changes: a file made by another version is not read. */
export const SCHEMA_VERSION = 1;

export function tablesOf(number: number): Tables {
  return {
    records: `records_${number}`,
    contents: `contents_${number}`,
    origins: `origins_${number}`,
    sites: `sites_${number}`,
    search: `search_${number}`,
    numbers: `numbers_${number}`,
  };
}

// What is searched and counted is kept apart from what is only read: its rows are short, and a look at
// all of a generation costs some milliseconds.
export function createTables(database: Database, number: number, firstId: number): void {
  const { records, contents, origins, sites, search, numbers } = tablesOf(number);
  database.exec(`
    INSERT OR IGNORE INTO generations VALUES (${number}, ${firstId});
    CREATE TABLE IF NOT EXISTS ${records} (
      id INTEGER PRIMARY KEY, time INTEGER, severity INTEGER, origin INTEGER, site INTEGER,
      trace TEXT, span TEXT
    );
    CREATE INDEX IF NOT EXISTS ${records}_time ON ${records} (time, severity);
    CREATE INDEX IF NOT EXISTS ${records}_severity ON ${records} (severity);
    CREATE INDEX IF NOT EXISTS ${records}_origin ON ${records} (origin, severity);
    CREATE INDEX IF NOT EXISTS ${records}_trace ON ${records} (trace) WHERE trace IS NOT NULL;
    CREATE TABLE IF NOT EXISTS ${contents} (
      id INTEGER PRIMARY KEY, severity_text TEXT, body TEXT, attributes TEXT
    );
    CREATE TABLE IF NOT EXISTS ${origins} (
      id INTEGER PRIMARY KEY, key TEXT, service TEXT, pool TEXT, host TEXT, scope TEXT, resource TEXT
    );
    CREATE TABLE IF NOT EXISTS ${sites} (
      id INTEGER PRIMARY KEY, key TEXT, file TEXT, line INTEGER, function_name TEXT, pattern TEXT,
      severity_text TEXT
    );
    CREATE TABLE IF NOT EXISTS ${numbers} (
      path TEXT, value REAL, record INTEGER, PRIMARY KEY (path, value, record)
    ) WITHOUT ROWID;
    CREATE VIRTUAL TABLE IF NOT EXISTS ${search} USING fts5 (
      text, content='', columnsize=0, tokenize='ascii'
    );
  `);
}

export function dropTables(database: Database, number: number): void {
  const drops = Object.values(tablesOf(number)).map(table => `DROP TABLE ${table};`);
  database.exec(`${drops.join('')} DELETE FROM generations WHERE number = ${number};`);
}
