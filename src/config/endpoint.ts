// Where records go, and the mistakes that OTel's own exporters keep silent about.
// https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
import type { OtlpSignal } from '../otlp-signal.js';
import { choice, quote, type Reading, reject, report, text } from './values.js';

interface Endpoint {
  /** Undefined: nothing can be made of the value. */
  readonly url: URL | undefined;
  /** What had to be corrected, each a clause with the variable as its subject. */
  readonly faults: string[];
}

const SHARED = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const DEFAULT_BASE = 'http://localhost:4318';

// An explicit slash is taken for intent.
const PATHLESS = /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?[^/?#]*(?:[?#]|$)/i;

/** The URL to post a signal to. A variable that another one outranks is not looked at. */
export function readSignalUrl(reading: Reading, signal: OtlpSignal): string {
  const isGrpc = readProtocol(reading, signal) === 'grpc';
  return readOwn(reading, signal, isGrpc) ?? readShared(reading, signal, isGrpc);
}

// Only protobuf over HTTP is spoken here; `grpc` is still told apart, for its port and paths.
function readProtocol(reading: Reading, { name: own }: OtlpSignal): string {
  for (const name of [`OTEL_EXPORTER_OTLP_${own}_PROTOCOL`, 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const given = text(reading, name);
    if (given === undefined) continue;

    choice(reading, name, { values: ['http/protobuf'], otherwise: 'http/protobuf' });
    return given.toLowerCase();
  }
  return 'http/protobuf';
}

// The signal's own endpoint is used as it is, whatever its path.
function readOwn(reading: Reading, signal: OtlpSignal, isGrpc: boolean): string | undefined {
  const own = `OTEL_EXPORTER_OTLP_${signal.name}_ENDPOINT`;
  const value = text(reading, own);
  if (value === undefined) return undefined;

  const { url, faults } = parse(reading, own, value);
  if (url === undefined) {
    const fallback = readShared(reading, signal, isGrpc);
    reject(reading, own, `${faults.join(' and ')}; using ${quote(fallback)}`);
    return fallback;
  }
  if (isGrpc) leaveGrpcPort(url, faults);
  if (isGrpc && url.pathname === '/') {
    faults.push('has no path, which only grpc goes without');
    url.pathname = signal.path;
  } else if (url.pathname === '/' && PATHLESS.test(value)) {
    faults.push(`has no path, where collectors expect ${signal.path}`);
  }
  return settle(reading, own, { used: url.href, faults });
}

function readShared(reading: Reading, { path }: OtlpSignal, isGrpc: boolean): string {
  const value = text(reading, SHARED);
  if (value === undefined) return DEFAULT_BASE + path;

  const { url, faults } = parse(reading, SHARED, value);
  if (url === undefined) {
    reject(reading, SHARED, `${faults.join(' and ')}; using ${quote(DEFAULT_BASE)}`);
    return DEFAULT_BASE + path;
  }
  if (isGrpc) leaveGrpcPort(url, faults);
  leaveSignalPath(url, faults);
  settle(reading, SHARED, { used: url.href.replace(/\/$/, ''), faults });

  url.pathname = url.pathname.replace(/\/?$/, path);
  return url.href;
}

function parse(reading: Reading, name: string, value: string): Endpoint {
  const faults: string[] = [];
  if (value !== reading.env[name]) faults.push('has surrounding spaces or quotes');

  const isAbsolute = hasScheme(value);
  if (!isAbsolute) faults.push('lacks http:// or https://');
  const url = toUrl(isAbsolute ? value : withScheme(value));
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return { url, faults };

  return { url: undefined, faults: ['is not an http:// or https:// URL'] };
}

// To the URL parser the host of `localhost:4318` is a scheme: a scheme's colon is followed by
// something other than a port, and that of credentials by an @ further on.
function hasScheme(value: string): boolean {
  if (/^https?:/i.test(value)) return true;
  if (value.includes('://')) return true;
  return !value.includes('@') && /^[a-z][a-z\d+.-]*:(?!\d+(?:[/?#]|$))/i.test(value);
}

function withScheme(value: string): string {
  const rest = value.replace(/^\/\//, '');
  // Nobody serves plain HTTP on the port of HTTPS.
  return `${/^[^/?#]*:443(?:[/?#]|$)/.test(rest) ? 'https' : 'http'}://${rest}`;
}

function toUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    // The caller says so, with the variable's name.
    return undefined;
  }
}

function leaveGrpcPort(url: URL, faults: string[]): void {
  if (url.port !== '4317') return;
  faults.push('has the port of grpc');
  url.port = '4318';
}

function leaveSignalPath(url: URL, faults: string[]): void {
  const signal =
    url.pathname === '/' ? null : /\/v1\/(?:logs|traces|metrics)\/*$/.exec(url.pathname);
  if (signal === null) return;
  faults.push(`ends in ${signal[0]}, though the path of the signal is appended to it`);
  url.pathname = url.pathname.slice(0, signal.index);
}

function settle(
  reading: Reading,
  name: string,
  { used, faults }: { readonly used: string; readonly faults: readonly string[] },
): string {
  if (faults.length > 0) {
    reading.corrections[name] = used;
    report(reading, name, `${faults.join(' and ')}; using ${quote(used)}`);
  }
  return used;
}
