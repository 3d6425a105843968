import type { LiveBatch } from '../api.js';

export interface LiveEvents {
  /** Connected, for the first time or again: what came meanwhile was not sent. */
  opened(): void;
  batch(batch: LiveBatch): void;
  cleared(): void;
  lost(): void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * Server-sent events that come back by themselves. EventSource alone gives up for good where the answer
 * is not a stream, as it is while a server starts or a proxy stands before it.
 */
export function openLiveStream(url: string, events: LiveEvents): () => void {
  let source: EventSource | undefined;
  let retryMs = FIRST_RETRY_MS;
  let timer = 0;

  const connect = () => {
    const opening = new EventSource(url);
    source = opening;
    opening.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      events.opened();
    };
    opening.onerror = () => {
      opening.close();
      events.lost();
      timer = window.setTimeout(connect, retryMs);
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    };
    opening.addEventListener('records', ({ data }) => events.batch(JSON.parse(data)));
    opening.addEventListener('cleared', () => events.cleared());
  };

  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
