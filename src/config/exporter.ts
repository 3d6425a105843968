// Settings that only OTel's exporter acts on. It drops what it does not understand without a word
// (`diag.warn`, with nobody listening), so they are checked here.
// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
import { accessSync, constants, statSync } from 'node:fs';
import type { OtlpSignal } from '../otlp-signal.js';
import { choice, integer, type Reading, reject, text } from './values.js';

const SHARED = 'OTEL_EXPORTER_OTLP_';

// The exporter's own default.
// https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options
const TIMEOUT_MS = 10_000;
const MAX_TIMEOUT_MS = 3_600_000;

const FILES = [
  ['CERTIFICATE', "Node's certificate authorities"],
  ['CLIENT_CERTIFICATE', 'no client certificate'],
  ['CLIENT_KEY', 'no client key'],
] as const;

// A header Node's http client would refuse costs every request, not only itself.
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** Of the signals that are sent. What is common to all of them is checked with each, to the same result. */
export function checkExporter(reading: Reading, signals: readonly OtlpSignal[]): void {
  checkHeaders(reading, `${SHARED}HEADERS`);
  for (const { name } of signals) checkSignal(reading, `${SHARED}${name}_`);
}

function checkSignal(reading: Reading, own: string): void {
  checkTimeouts(reading, own);
  checkCompression(reading, own);
  checkHeaders(reading, `${own}HEADERS`);
  for (const [suffix, otherwise] of FILES) {
    const shared = checkFile(reading, SHARED + suffix, otherwise);
    checkFile(reading, own + suffix, shared ? SHARED + suffix : otherwise);
  }
}

function checkTimeouts(reading: Reading, own: string): void {
  const range = { unit: 'milliseconds', least: 1, most: MAX_TIMEOUT_MS };
  const shared = integer(reading, `${SHARED}TIMEOUT`, { ...range, otherwise: TIMEOUT_MS });
  integer(reading, `${own}TIMEOUT`, { ...range, otherwise: shared });
}

function checkCompression(reading: Reading, own: string): void {
  const values = ['gzip', 'none'] as const;
  const shared = choice(reading, `${SHARED}COMPRESSION`, { values, otherwise: 'none' });
  choice(reading, `${own}COMPRESSION`, { values, otherwise: shared });
}

function checkHeaders(reading: Reading, name: string): void {
  const value = text(reading, name);
  if (value === undefined) return;

  const good: string[] = [];
  const bad: string[] = [];
  for (const [index, entry] of value.split(',').entries()) {
    if (entry.trim() === '') continue;
    if (isHeader(entry)) good.push(entry.trim());
    else bad.push(String(index + 1));
  }
  if (bad.length === 0) return;

  const used = good.length === 0 ? 'no headers' : 'the other entries';
  const positions = `${bad.length === 1 ? 'position' : 'positions'} ${bad.join(', ')}`;
  reject(reading, name, `has no percent-encoded key=value at ${positions}; using ${used}`);
  reading.corrections[name] = good.join(',');
}

// As OTel reads it: what follows a semicolon is metadata, and an empty value is none.
function isHeader(entry: string): boolean {
  const match = /^([^=;]+)=([^;]+)/.exec(entry);
  if (match === null) return false;
  try {
    const [name, value] = [match[1]!, match[2]!].map(part => decodeURIComponent(part.trim()));
    return HEADER_NAME.test(name!) && HEADER_VALUE.test(value!);
  } catch {
    // A stray percent sign.
    return false;
  }
}

/** Whether the variable names a file that can be used. */
function checkFile(reading: Reading, name: string, otherwise: string): boolean {
  const path = text(reading, name);
  if (path === undefined) return false;
  try {
    accessSync(path, constants.R_OK);
    // Folders are readable too.
    if (!statSync(path).isDirectory()) return true;
  } catch {
    // Missing or forbidden: the line below says the same of both.
  }
  reject(reading, name, `is not a file that can be read; using ${otherwise}`);
  return false;
}
