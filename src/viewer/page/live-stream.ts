import type { LiveBatch } from '../api.js';

export interface LiveEvents {
  /** Connected, for the first time or again: what came meanwhile was not sent. */
  opened(isFirst: boolean): void;
  batch(batch: LiveBatch): void;
  cleared(): void;
  lost(): void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * Server-sent events, while the page is looked at: a browser has six connections to one server, and the
 * seventh tab with a stream would wait for ever. They come back by themselves: EventSource alone gives
 * up for good where the answer is not a stream, as while a server starts or a proxy stands before it.
 */
export function openLiveStream(url: string, events: LiveEvents): () => void {
  let source: EventSource | undefined;
  let retryMs = FIRST_RETRY_MS;
  let timer = 0;
  let isFirst = true;

  const connect = () => {
    const opening = new EventSource(url);
    source = opening;
    opening.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      events.opened(isFirst);
      isFirst = false;
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

  const close = () => {
    clearTimeout(timer);
    source?.close();
  };
  const look = () => {
    close();
    if (!document.hidden) connect();
  };

  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
