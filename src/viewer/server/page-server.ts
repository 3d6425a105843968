import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Status } from '../api.js';
import { toWhole } from '../entry.js';
import { parseFilter } from '../filter/parse-filter.js';
import type { Store } from '../store/store.js';
import { exportRecords } from './export.js';
import { refusal } from './guard.js';
import type { Live } from './live.js';
import { pageFile } from './page-files.js';
import { callSites, facets, histogram, recordsPage, selectionOf, trace } from './questions.js';

export interface PageServerOptions {
  readonly store: Store;
  readonly live: Live;
  readonly pageFolder: string;
  readonly status: () => Status;
}

interface Request extends PageServerOptions {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

/** On every answer. Nothing but our own files runs, and nobody else may show or read what is here. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

type Answer = (request: Request, argument: string) => unknown;

const GET: readonly (readonly [path: RegExp, answer: Answer])[] = [
  [/^\/api\/records$/, ({ store, query }) => recordsPage(store, query)],
  [/^\/api\/records\/(\d{1,15})$/, ({ store }, id) => wholeRecord(store, Number(id))],
  [/^\/api\/traces\/([\da-f]{32})$/, ({ store }, id) => trace(store, id)],
  [/^\/api\/histogram$/, ({ store, query }) => histogram(store, query)],
  [/^\/api\/call-sites$/, ({ store, query }) => callSites(store, query)],
  [/^\/api\/facets$/, ({ store }) => facets(store)],
  [/^\/api\/status$/, ({ status }) => status()],
  [/^\/api\/live$/, openLive],
  [
    /^\/api\/export$/,
    ({ store, query, response }) => exportRecords(store, selectionOf(query), response),
  ],
];

const POST: typeof GET = [[/^\/api\/clear$/, clear]];

/** Answers the page and what it asks. */
export function createPageServer(options: PageServerOptions) {
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refused = refusal(incoming);
    if (refused) return answerText(response, refused.status, refused.message);
    try {
      await answer({ ...options, incoming, response, query: new URLSearchParams() });
    } catch (error) {
      if (response.headersSent) response.destroy();
      else answerText(response, 500, `${(error as Error).message}.`);
    }
  };
}

async function answer(request: Request): Promise<void> {
  const { incoming, response, pageFolder } = request;
  const [path = '', search = ''] = (incoming.url ?? '').split(/\?(.*)/s);
  const method = incoming.method === 'HEAD' ? 'GET' : incoming.method;
  const routes = method === 'GET' ? GET : method === 'POST' ? POST : [];
  for (const [pattern, give] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const value = await give({ ...request, query: new URLSearchParams(search) }, match[1] ?? '');
    if (response.headersSent) return;
    if (value === undefined) return answerText(response, 404, 'There is no such record.');
    return answerWith(response, 'application/json', JSON.stringify(value));
  }
  const file = method === 'GET' ? await pageFile(pageFolder, path) : undefined;
  if (file) return answerWith(response, file.type, file.content);
  answerText(response, 404, 'There is nothing here.');
}

function wholeRecord(store: Store, id: number) {
  const kept = store.get(id);
  return kept && toWhole(kept);
}

function openLive({ live, response, query }: Request): void {
  const isOpen = live.open(response, parseFilter(query.get('filter') ?? ''));
  if (!isOpen) answerText(response, 503, 'Too many pages are listening.');
}

// A form of another site could send a POST, but not with a header of its own.
function clear({ incoming, response, store, live }: Request): void {
  if (incoming.headers['x-otel-register-view'] !== '1') {
    answerText(response, 403, 'The header x-otel-register-view is missing.');
    return;
  }
  store.clear();
  live.cleared();
  response.writeHead(204).end();
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  answerWith(response, 'text/plain; charset=utf-8', `${text}\n`);
}

function answerWith(response: ServerResponse, type: string, content: Buffer | string): void {
  response.setHeader('content-type', type);
  response.setHeader('content-length', Buffer.byteLength(content));
  response.end(content);
}
