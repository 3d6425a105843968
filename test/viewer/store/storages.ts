import { createMemoryStorage } from '../../../src/viewer/store/memory-storage.js';
import { loadSqlite } from '../../../src/viewer/store/sqlite.js';
import { openSqliteStorage } from '../../../src/viewer/store/sqlite-storage.js';
import type { Storage } from '../../../src/viewer/store/storage.js';
import { type Limits, Store } from '../../../src/viewer/store/store.js';

export const SQLITE = loadSqlite();
if (!SQLITE) console.log(`skipped: Node ${process.version} has no SQLite, so memory alone`);

export const STORAGES: readonly (readonly [kind: Storage['kind'], open: () => Storage])[] = [
  ['memory', createMemoryStorage],
  ...(SQLITE ? [['sqlite', () => openSqliteStorage(SQLITE, '')] as const] : []),
];

const ENDLESS: Limits = { maxRecords: 1_000_000, maxBytes: 2 ** 40 };

export function storeIn(storage: Storage, limits: Partial<Limits> = {}): Store {
  return new Store(storage, { ...ENDLESS, ...limits });
}
