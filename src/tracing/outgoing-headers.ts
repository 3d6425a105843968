/** What is used of `http.ClientRequest`. */
export interface OutgoingRequest {
  /** The request's head as it will be sent, once it is rendered. */
  _header?: string | null;
  /** What waits for a connection. */
  outputData?: { data: unknown }[];
  outputSize?: number;
  getHeader(name: string): unknown;
  setHeader(name: string, value: string): unknown;
}

const END_OF_HEAD = '\r\n\r\n';

/** Whether the request will be sent with a header of that name, in lower case. */
export function hasHeader(request: OutgoingRequest, name: string): boolean {
  const head = request._header;
  return typeof head === 'string'
    ? head.toLowerCase().includes(`\r\n${name}:`)
    : request.getHeader(name) !== undefined;
}

/**
 * Adds a header to a request that waits for its connection. Where headers are given as an array, or
 * `Expect` is one of them, Node renders the head in the constructor, so that there is nothing but
 * that text to be changed (Node 20 to 26, lib/_http_client.js).
 */
export function addHeader(request: OutgoingRequest, name: string, value: string): void {
  const head = request._header;
  if (typeof head !== 'string') {
    request.setHeader(name, value);
    return;
  }
  if (!head.endsWith(END_OF_HEAD)) return;
  const line = `${name}: ${value}\r\n`;
  const changed = `${head.slice(0, -2)}${line}\r\n`;
  const waiting = request.outputData?.[0];
  if (waiting?.data === head) {
    waiting.data = changed;
    if (typeof request.outputSize === 'number') request.outputSize += line.length;
  }
  request._header = changed;
}
