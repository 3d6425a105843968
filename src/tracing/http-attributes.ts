import type { Attributes } from '@opentelemetry/api';

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/

const KNOWN_METHODS: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
);
/** Of a query's fields, those whose values let somebody in. The first four are the convention's own. */
const SECRET =
  /([?&](?:AWSAccessKeyId|Signature|sig|X-Goog-Signature|X-Amz-(?:Signature|Credential|Security-Token)|access_token|refresh_token|id_token|token|api[_-]?key|key|password|passwd|pwd|secret|client_secret|code)=)[^&#]*/gi;
/** A name in the authority of an absolute URL. */
const CREDENTIALS = /^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i;
const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\//i;

const REDACTED = 'REDACTED';

/** Methods are the caller's words: those nobody knows would be names without number. */
export function methodAttributes(method: string): Attributes {
  return KNOWN_METHODS.has(method)
    ? { 'http.request.method': method }
    : { 'http.request.method': '_OTHER', 'http.request.method_original': method };
}

/** What a span of the method is called, before more is known. */
export function methodName(method: string): string {
  return KNOWN_METHODS.has(method) ? method : 'HTTP';
}

export function withoutSecrets(url: string): string {
  const bare = url.includes('@') ? url.replace(CREDENTIALS, `$1${REDACTED}:${REDACTED}@`) : url;
  return bare.includes('?') ? bare.replace(SECRET, `$1${REDACTED}`) : bare;
}

/**
 * @param base Scheme and authority.
 * @param target As the first line of the request has it: a path; `host:port` for CONNECT; `*`; and of
 * a proxy a whole URL is asked for.
 */
export function absoluteUrl(base: string, target: string): string {
  if (ABSOLUTE.test(target)) return target;
  return /^[/?]|^$/.test(target) ? base + target : `${base}/${target}`;
}

/** Most requests in a row are for one host. */
let lastHost = '';
let lastScheme = '';
let lastAddress: Attributes = {};

/** @param host `host:port`, `[::1]:port` or without a port. */
export function addressAttributes(host: string, scheme: string): Attributes {
  if (host !== lastHost || scheme !== lastScheme) {
    lastAddress = parseAddress(host, scheme);
    lastHost = host;
    lastScheme = scheme;
  }
  return lastAddress;
}

function parseAddress(host: string, scheme: string): Attributes {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
  if (!name) return {};
  return {
    'server.address': name.replace(/^\[|\]$/g, ''),
    'server.port': port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
  };
}

/** What a thrown or emitted value is named after. */
export function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return typeof name === 'string' && name !== '' ? name : '_OTHER';
}
