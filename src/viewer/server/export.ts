import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { toWhole } from '../entry.js';
import type { Selection } from '../store/generation.js';
import type { Store } from '../store/store.js';

/** What is in memory at a time. */
const PAGE = { records: 500, characters: 4 * 1024 * 1024 };

/** Writes what is selected as lines of JSON, as fast as they are read. */
export async function exportRecords(
  store: Store,
  selection: Selection,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    'content-disposition': 'attachment; filename="records.ndjson"',
  });
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  // What arrives meanwhile is not waited for.
  const beforeId = Math.min(selection.beforeId ?? store.nextId, store.nextId);
  for (let { afterId } = selection; ; ) {
    const page = await store.find({ ...selection, afterId, beforeId }, PAGE, 'oldest');
    for (const kept of page) {
      if (closed.signal.aborted) return;
      const canGoOn = response.write(`${JSON.stringify(toWhole(kept))}\n`);
      // It rejects where the reader has left, which is looked at before the next one.
      if (!canGoOn) await once(response, 'drain', closed).catch(() => {});
    }
    if (page.length === 0 || closed.signal.aborted) break;
    afterId = page.at(-1)!.id;
  }
  response.end();
}
