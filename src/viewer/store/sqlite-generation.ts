import { type Site, siteKey } from '../call-site.js';
import type { Entry, Kept, Origin } from '../entry.js';
import {
  type Buckets,
  type Extent,
  emptyExtent,
  extend,
  type Generation,
  type OriginCount,
  type Selection,
  type SiteCount,
  type TallyBucket,
} from './generation.js';
import type { Database, Row, Statement } from './sqlite.js';
import { type Clause, select } from './sqlite-select.js';
import { createTables, dropTables, type Tables, tablesOf } from './sqlite-tables.js';

/** Tables of its own in a database that it shares with the others. */
export class SqliteGeneration implements Generation {
  readonly #database: Database;
  readonly #number: number;
  readonly #tables: Tables;
  readonly #origins: Numbered<Origin>;
  readonly #sites: Numbered<Site>;
  #inserts: Inserts | undefined;
  #extent: Extent;

  /** Opens what is there, or makes an empty one. */
  constructor(database: Database, number: number, firstId: number) {
    this.#database = database;
    this.#number = number;
    this.#tables = tablesOf(number);
    createTables(database, number, firstId);
    this.#extent = readExtent(database, this.#tables, firstId);
    const { origins, sites } = this.#tables;
    this.#origins = new Numbered<Origin>(database, origins, JSON.stringify, origin => [
      origin.service,
      origin.pool,
      origin.host,
      origin.scope,
      origin.resource,
    ]);
    this.#sites = new Numbered<Site>(database, sites, siteKey, site => [
      site.file,
      site.line,
      site.functionName,
      site.pattern,
      site.severityText,
    ]);
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** What the whole database holds, of which this is a part: see `SqliteStorage`. */
  readonly bytes = 0;

  add(entries: readonly Entry[]): void {
    this.#inserts ??= prepareInserts(this.#database, this.#tables);
    for (const entry of entries) this.#addOne(entry, this.#inserts);
    this.#extent = extend(this.#extent, entries);
  }

  #addOne(entry: Entry, { record, content, search, number }: Inserts): void {
    const { id } = entry;
    const origin = this.#origins.numberOf(entry.origin);
    const site = this.#sites.numberOf(entry.site);
    const { timeUnixNano, severityNumber, severityText, traceId, spanId, body } = entry;
    record.run(id, timeUnixNano, severityNumber, origin, site, traceId, spanId);
    content.run(id, severityText, body, entry.attributes);
    search.run(id, entry.searchText);
    for (const [path, value] of entry.numbers) number.run(path, value, id);
  }

  find(selection: Selection, limit: number, order: 'newest' | 'oldest' = 'newest'): number[] {
    const { id, from, where, values } = this.#select(selection);
    const direction = order === 'newest' ? 'DESC' : 'ASC';
    const sql = `SELECT ${id} AS id FROM ${from} WHERE ${where} ORDER BY ${id} ${direction} LIMIT ?`;
    const rows = this.#database.prepare(sql).all(...values, limit);
    return rows.map(({ id }) => id as number);
  }

  *read(ids: readonly number[]): Generator<Kept> {
    const { records, contents, origins } = this.#tables;
    const statement = this.#database.prepare(`
      SELECT record.id, CAST(time AS TEXT) AS time, severity, severity_text, body, attributes,
        service, pool, host, scope, resource, trace, span
      FROM ${records} record JOIN ${contents} content ON content.id = record.id
        JOIN ${origins} origin ON origin.id = record.origin
      WHERE record.id = ?`);
    for (const id of ids) {
      const row = statement.get(id);
      if (row) yield toKept(row);
    }
  }

  count(selection: Selection, { from: start, bucketNano }: Buckets, tally: TallyBucket): void {
    const { from, where, values } = this.#select(selection);
    const sql = `SELECT (time - ?) / ? AS bucket, severity, count(*) AS count
      FROM ${from} WHERE ${where} GROUP BY 1, 2`;
    for (const row of this.#database.prepare(sql).all(start, bucketNano, ...values)) {
      tally(row.bucket, row.severity, row.count);
    }
  }

  sites(selection: Selection): SiteCount[] {
    const { from, where, values } = this.#select(selection);
    const sql = `SELECT site.*, counted.count, counted.last FROM
      (SELECT site AS id, count(*) AS count, max(record.id) AS last
        FROM ${from} WHERE ${where} GROUP BY 1) counted
      JOIN ${this.#tables.sites} site ON site.id = counted.id`;
    return this.#database
      .prepare(sql)
      .all(...values)
      .map(toSiteCount);
  }

  origins(selection: Selection): OriginCount[] {
    const { from, where, values } = this.#select(selection);
    const sql = `SELECT origin.service, origin.pool, counted.severity, counted.count FROM
      (SELECT origin AS id, severity, count(*) AS count FROM ${from} WHERE ${where} GROUP BY 1, 2) counted
      JOIN ${this.#tables.origins} origin ON origin.id = counted.id`;
    return this.#database
      .prepare(sql)
      .all(...values)
      .map(row => ({
        service: row.service,
        pool: row.pool,
        severityNumber: row.severity,
        count: row.count,
      }));
  }

  drop(): void {
    dropTables(this.#database, this.#number);
  }

  #select(selection: Selection): Clause {
    return select(this.#database, this.#tables, selection);
  }
}

interface Inserts {
  readonly record: Statement;
  readonly content: Statement;
  readonly search: Statement;
  readonly number: Statement;
}

function prepareInserts(database: Database, tables: Tables): Inserts {
  return {
    record: database.prepare(`INSERT INTO ${tables.records} VALUES (?, ?, ?, ?, ?, ?, ?)`),
    content: database.prepare(`INSERT INTO ${tables.contents} VALUES (?, ?, ?, ?)`),
    search: database.prepare(`INSERT INTO ${tables.search} (rowid, text) VALUES (?, ?)`),
    // A list may hold a number twice.
    number: database.prepare(`INSERT OR IGNORE INTO ${tables.numbers} VALUES (?, ?, ?)`),
  };
}

/** Gives what many records share a number, and keeps it once. */
class Numbered<Item extends object> {
  readonly #database: Database;
  readonly #table: string;
  readonly #keyOf: (item: Item) => string;
  readonly #columnsOf: (item: Item) => readonly (string | number | null)[];
  #numbers: Map<string, number> | undefined;
  #insert: Statement | undefined;
  #last: { readonly item: Item; readonly number: number } | undefined;

  constructor(
    database: Database,
    table: string,
    keyOf: (item: Item) => string,
    columnsOf: (item: Item) => readonly (string | number | null)[],
  ) {
    this.#database = database;
    this.#table = table;
    this.#keyOf = keyOf;
    this.#columnsOf = columnsOf;
  }

  numberOf(item: Item): number {
    if (this.#last?.item === item) return this.#last.number;
    this.#numbers ??= this.#readNumbers();
    const key = this.#keyOf(item);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#insert ??= this.#database.prepare(
        `INSERT INTO ${this.#table} VALUES (?, ?, ?, ?, ?, ?, ?)`,
      );
      this.#insert.run(number, key, ...this.#columnsOf(item));
      this.#numbers.set(key, number);
    }
    this.#last = { item, number };
    return number;
  }

  #readNumbers(): Map<string, number> {
    const rows = this.#database.prepare(`SELECT id, key FROM ${this.#table}`).all();
    return new Map(rows.map(({ id, key }) => [key as string, id as number]));
  }
}

function readExtent(database: Database, { records }: Tables, firstId: number): Extent {
  const row = database
    .prepare(
      `SELECT max(id) AS last, CAST(min(time) AS TEXT) AS earliest, CAST(max(time) AS TEXT) AS latest
      FROM ${records}`,
    )
    .get()!;
  if (row.last === null) return emptyExtent(firstId);
  return {
    firstId,
    lastId: row.last,
    earliest: BigInt(row.earliest),
    latest: BigInt(row.latest),
  };
}

function toKept(row: Row): Kept {
  const { service, pool, host, scope, resource } = row;
  return {
    id: row.id,
    timeUnixNano: BigInt(row.time),
    severityNumber: row.severity,
    severityText: row.severity_text,
    body: row.body,
    attributes: row.attributes,
    origin: { service, pool, host, scope, resource },
    traceId: row.trace,
    spanId: row.span,
  };
}

function toSiteCount(row: Row): SiteCount {
  const site: Site = {
    file: row.file,
    line: row.line,
    functionName: row.function_name,
    pattern: row.pattern,
    severityText: row.severity_text,
  };
  return { site, count: row.count, sampleId: row.last };
}
