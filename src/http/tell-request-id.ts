import { originalMethod } from '../methods/original-method.js';
import { putMethod } from '../methods/replace-method.js';

const NAME = 'X-Request-ID';
const LOWER_NAME = 'x-request-id';
const { apply } = Reflect;

type WriteHead = (this: Response, ...args: unknown[]) => unknown;

interface Response {
  hasHeader(name: string): boolean;
  getHeaderNames(): readonly string[];
  setHeader(name: string, value: string): void;
  writeHead: WriteHead;
}

/**
 * Sees to it that the response names the request's id, unless the program names one itself. When its
 * head is written, and as another line of what is written then: a header set before that would have
 * Node merge the program's own, which loses repeated ones (Node 20) and refuses lists of pairs.
 * https://github.com/nodejs/node/blob/v24.11.0/lib/_http_server.js (writeHead)
 */
export function tellRequestId(response: object, id: string): void {
  if (!isResponse(response)) return;
  const original = originalMethod<WriteHead>(response, 'writeHead');
  const { writeHead } = {
    writeHead(this: Response, ...args: unknown[]): unknown {
      let named = args;
      try {
        named = withId(this, args, id);
      } catch {
        // What is not understood goes without.
      }
      return apply(original(), this, named);
    },
  };
  putMethod(response, 'writeHead', writeHead);
}

// `writeHead(statusCode[, statusMessage][, headers])`
function withId(response: Response, args: readonly unknown[], id: string): unknown[] {
  const all = [...args];
  const at = typeof args[1] === 'string' ? 2 : 1;
  const headers = args[at];
  if (response.hasHeader(LOWER_NAME) || isNamed(headers)) return all;

  if (headers === undefined || headers === null || response.getHeaderNames().length > 0) {
    response.setHeader(NAME, id);
  } else if (!Array.isArray(headers)) {
    all[at] = { ...(headers as object), [NAME]: id };
  } else if (Array.isArray(headers[0])) {
    all[at] = [...headers, [NAME, id]];
  } else if (headers.length % 2 === 0) {
    all[at] = [...headers, NAME, id];
  }
  return all;
}

/** Whether these headers, in any of the shapes they may have, hold an id. */
function isNamed(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null) return false;
  const names = Array.isArray(headers) ? headers.flat() : Object.keys(headers);
  return names.some(name => typeof name === 'string' && name.toLowerCase() === LOWER_NAME);
}

function isResponse(value: object): value is Response {
  const { hasHeader, getHeaderNames, setHeader, writeHead } = value as Partial<Response>;
  return [hasHeader, getHeaderNames, setHeader, writeHead].every(
    method => typeof method === 'function',
  );
}
