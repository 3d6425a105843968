import type { IncomingMessage } from 'node:http';

/** Why a request is refused; undefined if it is not. */
export function refusal(
  incoming: IncomingMessage,
): { readonly status: number; readonly message: string } | undefined {
  const { headers } = incoming;
  // A page of the web can give a name of its own our address, and then asks as if it were ours: but
  // it asks for that name.
  if (!isLocalHost(headers.host)) return { status: 421, message: 'This is no such host.' };
  if (isForeign(incoming))
    return { status: 403, message: 'Only the page itself may ask for this.' };
  return undefined;
}

/** Why what an exporter sends is refused: no page of the web has anything to say here. */
export function intakeRefusal({
  headers,
}: IncomingMessage): { readonly status: number; readonly message: string } | undefined {
  // A page of the web that gave its own name our address could write here.
  if (!isLocalHost(headers.host)) return { status: 421, message: 'This is no such host.' };
  // A page may send without asking, as long as it calls it text. Exporters send none of these.
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
    return { status: 403, message: 'Pages of the web may not send here.' };
  return undefined;
}

const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/** Whether a `Host` header is one of those that we are called. */
function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOCAL_HOST.test(host);
}

// Whoever is no browser sends none of these headers. A link from elsewhere may lead to the page.
function isForeign({ headers, method }: IncomingMessage): boolean {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  const isForeignOrigin = origin !== undefined && origin !== `http://${host}`;
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (!isForeignOrigin && !isForeignSite) return false;
  const isNavigation =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isForeignOrigin || method !== 'GET' || !isNavigation;
}
