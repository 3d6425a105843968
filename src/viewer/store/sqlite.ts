/** What is used of node:sqlite, which @types/node of Node 20 does not know. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  function(name: string, implementation: (...args: never[]) => unknown): void;
  close(): void;
}

export interface Statement {
  run(...values: readonly SqlValue[]): unknown;
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): Row[];
  setReadBigInts(enabled: boolean): void;
}

export type SqlValue = string | number | bigint | null;
// biome-ignore lint/suspicious/noExplicitAny: a row has the columns its statement asks for.
export type Row = Record<string, any>;

interface SqliteModule {
  readonly DatabaseSync: new (file: string) => Database;
}

/**
 * Node's SQLite, if this Node has one with all that is needed: 22.13 and newer. Node says that it is
 * experimental when it is first loaded (22, 23): not the concern of who looks at logs.
 */
export function loadSqlite(): SqliteModule | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const loaded = process.getBuiltinModule('node:sqlite' as 'fs') as unknown as
      | SqliteModule
      | undefined;
    return loaded && 'function' in loaded.DatabaseSync.prototype ? loaded : undefined;
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
