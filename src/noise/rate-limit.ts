import type { CallSite } from '../call-sites/call-site.js';
import { mapClear, mapDelete, mapGet, mapSet, visitMap } from '../convert/intrinsics.js';
import { cutText } from '../convert/limits.js';
import { LogFields, type LogRecord, newRecord, type Scope } from '../log-record.js';
import { INFO, WARN } from '../severity.js';
import { messageShape } from './message-shape.js';
import { ownText } from './own-copy.js';
import { isoTime } from './record-time.js';

/** Kinds of records that are told apart. Beyond it those that are quiet are forgotten, then all. */
const MAX_KINDS = 1_000;
const MAX_EXAMPLE_LENGTH = 200;

interface Kind {
  readonly perSecond: number;
  tokens: number;
  atMs: number;
  suppressed: Suppressed | undefined;
}

/** What was held back of a kind since it was last told of. */
interface Suppressed {
  readonly scope: Scope;
  readonly callSite: CallSite | undefined;
  /** The beginning of the first one's body. */
  readonly example: string | undefined;
  readonly firstTime: string;
  readonly perSecond: number;
  count: number;
  severityNumber: number;
  lastTimeHigh: number;
  lastTimeLow: number;
}

/** Lets so many records of a kind pass in a second, a second's worth at once, and counts the rest. */
export class RateLimit {
  readonly #write: (record: LogRecord) => void;
  readonly #kinds = new Map<string, Kind>();
  #kindCount = 0;
  #pendingCount = 0;

  constructor(write: (record: LogRecord) => void) {
    this.#write = write;
  }

  get hasPending(): boolean {
    return this.#pendingCount > 0;
  }

  /** Whether the record may pass; otherwise it is counted. */
  admit(record: LogRecord, perSecond: number, nowMs: number): boolean {
    const kind = this.#kindOf(record, perSecond, nowMs);
    const most = burstOf(perSecond);
    kind.tokens = refilled(kind, nowMs);
    kind.atMs = nowMs;
    // It has been quiet: the next one stands beside the count of those before it.
    if (kind.tokens === most) this.#tell(kind);
    if (kind.tokens >= 1) {
      kind.tokens--;
      return true;
    }
    this.#suppress(kind, record);
    return false;
  }

  /** Tells of what was held back so far. */
  settle(): void {
    if (this.#pendingCount === 0) return;
    visitMap(this.#kinds, (_, kind) => {
      this.#tell(kind as Kind);
      return true;
    });
  }

  #suppress(kind: Kind, record: LogRecord): void {
    if (kind.suppressed === undefined) this.#pendingCount++;
    kind.suppressed ??= begin(record, kind.perSecond);
    const { suppressed } = kind;
    suppressed.count++;
    if (record.severityNumber > suppressed.severityNumber) {
      suppressed.severityNumber = record.severityNumber;
    }
    suppressed.lastTimeHigh = record.timeUnixNanoHigh;
    suppressed.lastTimeLow = record.timeUnixNanoLow;
  }

  #tell(kind: Kind): void {
    const { suppressed } = kind;
    if (suppressed === undefined) return;
    kind.suppressed = undefined;
    this.#pendingCount--;
    this.#write(summaryOf(suppressed));
  }

  #kindOf(record: LogRecord, perSecond: number, nowMs: number): Kind {
    const key = keyOf(record);
    const known = mapGet(this.#kinds, key) as Kind | undefined;
    if (known !== undefined && known.perSecond === perSecond) return known;
    if (known !== undefined) this.#tell(known);
    else if (this.#kindCount === MAX_KINDS) this.#forget(nowMs);
    const kind = { perSecond, tokens: burstOf(perSecond), atMs: nowMs, suppressed: undefined };
    mapSet(this.#kinds, key, kind);
    if (known === undefined) this.#kindCount++;
    return kind;
  }

  #forget(nowMs: number): void {
    visitMap(this.#kinds, (key, value) => {
      const kind = value as Kind;
      if (refilled(kind, nowMs) < burstOf(kind.perSecond)) return true;
      this.#tell(kind);
      mapDelete(this.#kinds, key);
      this.#kindCount--;
      return true;
    });
    // Or each new kind would look through all of them.
    if (this.#kindCount < MAX_KINDS / 2) return;
    this.settle();
    mapClear(this.#kinds);
    this.#kindCount = 0;
  }
}

// Less than one a second is still one at a time.
function burstOf(perSecond: number): number {
  return perSecond > 1 ? perSecond : 1;
}

function refilled({ tokens, atMs, perSecond }: Kind, nowMs: number): number {
  const more = tokens + ((nowMs - atMs) / 1000) * perSecond;
  const most = burstOf(perSecond);
  return more > most ? most : more;
}

function keyOf({ noise, callSite, scope, severityNumber, method, body }: LogRecord): string {
  if (noise?.key !== undefined) return `key ${noise.key}`;
  if (callSite !== undefined) return `at ${callSite.line}:${callSite.column}:${callSite.file}`;
  const shape = typeof body === 'string' ? messageShape(body) : -1;
  return `${shape} ${severityNumber} ${method} ${scope.name}`;
}

function begin(record: LogRecord, perSecond: number): Suppressed {
  const { scope, callSite, body, severityNumber } = record;
  return {
    scope,
    callSite,
    example: typeof body === 'string' ? ownText(cutText(body, MAX_EXAMPLE_LENGTH)) : undefined,
    firstTime: isoTime(record),
    perSecond,
    count: 0,
    severityNumber,
    lastTimeHigh: 0,
    lastTimeLow: 0,
  };
}

function summaryOf(suppressed: Suppressed): LogRecord {
  const { scope, callSite, example, count, lastTimeHigh, lastTimeLow } = suppressed;
  const attributes = new LogFields();
  const like = example === undefined ? '' : ` like: ${example}`;
  const record = newRecord({
    scope,
    severityNumber: suppressed.severityNumber >= WARN ? WARN : INFO,
    at: { timeHigh: lastTimeHigh, timeLow: lastTimeLow, span: undefined, callee: undefined },
    content: {
      body: `Suppressed ${count} ${count === 1 ? 'record' : 'records'}${like}`,
      attributes,
      exception: undefined,
      isTruncated: undefined,
      droppedAttributes: undefined,
    },
  });
  attributes.add('log.suppressed.count', count);
  attributes.add('log.suppressed.first_time', suppressed.firstTime);
  attributes.add('log.suppressed.last_time', isoTime(record));
  attributes.add('log.suppressed.limit', suppressed.perSecond);
  record.callSite = callSite;
  return record;
}
