import { createMemoryStorage } from './memory-storage.js';
import { loadSqlite } from './sqlite.js';
import { openSqliteStorage } from './sqlite-storage.js';
import type { Storage } from './storage.js';

/** SQLite where this Node has it; with a file, it has to. */
export function openStorage(file?: string): Storage {
  const sqlite = loadSqlite();
  if (sqlite) return openSqliteStorage(sqlite, file ?? '');
  if (file === undefined) return createMemoryStorage();
  throw new Error(`this Node (${process.version}) has no SQLite: 22.13 or newer has`);
}
