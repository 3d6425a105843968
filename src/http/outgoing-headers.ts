/** What is used of `http.ClientRequest`. */
export interface OutgoingRequest {
  /** The request's head as it will be sent, once it is rendered. */
  _header?: string | null;
  /** What waits for a connection. */
  outputData?: { data: unknown }[];
  outputSize?: number;
  getHeader(name: string): unknown;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
}

const END_OF_HEAD = '\r\n\r\n';
/** As Node demands it where it renders a head by itself. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether the request will be sent with a header of that name, in lower case. */
export function hasHeader(request: OutgoingRequest, name: string): boolean {
  const head = request._header;
  return typeof head === 'string'
    ? head.toLowerCase().includes(`\r\n${name}:`)
    : request.getHeader(name) !== undefined;
}

/** Values of a header by its name in lower case, one for each line. */
export function valuesOfHeader(request: OutgoingRequest, name: string): string[] {
  const head = request._header;
  if (typeof head === 'string') {
    return [...head.matchAll(lineOf(name))].map(([, value]) => value!.trim());
  }
  const value = request.getHeader(name);
  return value === undefined ? [] : [value].flat().map(String);
}

/**
 * Adds a header to a request that waits for its connection. Where headers are given as an array, or
 * `Expect` is one of them, Node renders the head in the constructor, so that there is nothing but
 * that text to be changed (Node 20 to 26, lib/_http_client.js).
 */
export function addHeader(request: OutgoingRequest, name: string, value: string): void {
  if (typeof request._header !== 'string') request.setHeader(name, value);
  else if (VALUE.test(value)) {
    changeHead(request, head => `${head.slice(0, -2)}${name}: ${value}${END_OF_HEAD}`);
  }
}

/** As `addHeader`, in place of what is there; an empty one takes that away. */
export function replaceHeader(request: OutgoingRequest, name: string, value: string): void {
  if (!VALUE.test(value)) return;
  if (typeof request._header === 'string') {
    changeHead(request, head => head.replace(lineOf(name), ''));
  }
  if (value !== '') addHeader(request, name, value);
  else if (typeof request._header !== 'string') request.removeHeader(name);
}

function changeHead(request: OutgoingRequest, change: (head: string) => string): void {
  const head = request._header!;
  if (!head.endsWith(END_OF_HEAD)) return;
  const changed = change(head);
  const waiting = request.outputData?.[0];
  if (waiting?.data === head) {
    waiting.data = changed;
    if (typeof request.outputSize === 'number') request.outputSize += changed.length - head.length;
  }
  request._header = changed;
}

function lineOf(name: string): RegExp {
  return new RegExp(`(?<=\\r\\n)${name}:([^\\r\\n]*)\\r\\n`, 'gi');
}
