import type { PlainValue } from '../receiver/any-value.js';
import type { ReceivedLog } from '../receiver/received-log.js';
import type { ViewedRecord } from './api.js';
import {
  type Attributes,
  leaves,
  numbersIn,
  toAttribute,
  toAttributes,
  toStorable,
  toText,
} from './attributes.js';
import { type Site, siteOf } from './call-site.js';
import { searchTextOf } from './filter/search-text.js';
import { effectiveSeverity, LEVELS, levelIndex } from './severity.js';

/** Where records come from: thousands share one. */
export interface Origin {
  readonly service: string | null;
  readonly pool: string | null;
  readonly host: string | null;
  readonly scope: string;
  /** JSON. */
  readonly resource: string;
}

/** A log record as it is kept. */
export interface Entry {
  /** Given when it is stored. */
  id: number;
  readonly timeUnixNano: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: string;
  /** JSON. */
  readonly attributes: string;
  readonly origin: Origin;
  readonly traceId: string | null;
  readonly spanId: string | null;
  /** Not in what is read back: it serves to store and to match. */
  readonly searchText: string;
  readonly numbers: readonly (readonly [path: string, value: number])[];
  readonly site: Site;
  /** The sender's own name for it, if it has one: with that it is known when it comes again. */
  readonly uid: string | null;
}

/** Parts of an entry that go back to whoever asks for it. */
export type Kept = Omit<Entry, 'searchText' | 'numbers' | 'site' | 'uid'>;

const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const MAX_UID = 128;
/** In 2262: SQLite's integers are signed, and the millisecond after it has to fit, too. */
const MAX_TIME = 9_223_372_036_853_999_999n;

/** Makes entries of one request. */
export function toEntries(logs: readonly ReceivedLog[]): Entry[] {
  const originOf = rememberLast(toOrigin);
  return logs.map(log => toEntry(log, originOf(log)));
}

function toEntry(log: ReceivedLog, origin: Origin): Entry {
  const severityNumber = effectiveSeverity(log.severityNumber, log.severityText);
  const severityText =
    toStorable(log.severityText) || LEVELS[levelIndex(severityNumber)]!.toUpperCase();
  const attributes = attributesOf(log);
  const body = textOf(log.body) ?? '';
  const found = leaves(attributes);
  return {
    id: 0,
    timeUnixNano: timeOf(log),
    severityNumber,
    severityText,
    body,
    attributes: JSON.stringify(attributes),
    origin,
    traceId: presentId(log.traceId, NO_TRACE),
    spanId: presentId(log.spanId, NO_SPAN),
    searchText: searchTextOf(body, found),
    numbers: numbersIn(found),
    site: siteOf({ body, attributes, severityText }),
    uid: uidOf(attributes),
  };
}

/**
 * Fields without a place of their own are attributes as OpenTelemetry calls them elsewhere.
 * https://opentelemetry.io/docs/specs/otel/common/mapping-to-non-otlp/
 */
function attributesOf({ attributes, eventName, droppedAttributesCount }: ReceivedLog): Attributes {
  // Most have neither.
  if (eventName === '' && droppedAttributesCount === 0) return toAttributes(attributes);
  return {
    ...(eventName !== '' && { 'event.name': eventName }),
    ...toAttributes(attributes),
    ...(droppedAttributesCount > 0 && { 'otel.dropped_attributes_count': droppedAttributesCount }),
  };
}

// Longer than any kind of id is none.
export function uidOf(attributes: Attributes): string | null {
  const uid = attributes['log.record.uid'];
  return typeof uid === 'string' && uid !== '' && uid.length <= MAX_UID ? uid : null;
}

export function presentId(id: string, none: string): string | null {
  return id === '' || id === none ? null : id;
}

// A record without a time of its own has one at which it was observed, or else now.
function timeOf({ timeUnixNano, observedTimeUnixNano }: ReceivedLog): bigint {
  const time = timeUnixNano || observedTimeUnixNano || BigInt(Date.now()) * 1_000_000n;
  return time > MAX_TIME ? MAX_TIME : time;
}

function toOrigin({ scope, resource }: ReceivedLog): Origin {
  return {
    service: textOf(resource['service.name']),
    pool: textOf(resource['emp.pool.name']),
    host: textOf(resource['host.name']),
    scope: toStorable(scope.name),
    resource: JSON.stringify(toAttributes(resource)),
  };
}

export function textOf(value: PlainValue | undefined): string | null {
  return value === undefined || value === null ? null : toStorable(toText(toAttribute(value)));
}

// Records of one scope follow each other, and share the objects they were decoded to.
function rememberLast(make: (log: ReceivedLog) => Origin): (log: ReceivedLog) => Origin {
  let last: { log: ReceivedLog; origin: Origin } | undefined;
  return log => {
    if (last?.log.scope !== log.scope || last.log.resource !== log.resource) {
      last = { log, origin: make(log) };
    }
    return last.origin;
  };
}

/** UTF-16 units of a body in lists. */
const MAX_LISTED_BODY = 8192;

/** For lists: without the resource, and with a body that is not too long. */
export function toListed(kept: Kept): ViewedRecord {
  const bodyIsCut = kept.body.length > MAX_LISTED_BODY;
  const body = bodyIsCut ? kept.body.slice(0, MAX_LISTED_BODY) : kept.body;
  return { ...common(kept), body, bodyIsCut };
}

export function toWhole(kept: Kept): ViewedRecord {
  const resource = JSON.parse(kept.origin.resource) as Attributes;
  return { ...common(kept), resource };
}

function common(kept: Kept): ViewedRecord {
  const { service, pool, host, scope } = kept.origin;
  return {
    id: kept.id,
    timeUnixNano: String(kept.timeUnixNano),
    severityNumber: kept.severityNumber,
    severityText: kept.severityText,
    body: kept.body,
    bodyIsCut: false,
    service,
    pool,
    host,
    scope,
    traceId: kept.traceId,
    spanId: kept.spanId,
    attributes: JSON.parse(kept.attributes) as Attributes,
  };
}
