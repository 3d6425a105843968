import type { Span } from '../span.js';
import type { Database, Row, Statement } from './sqlite.js';
import type { SpanStorage } from './storage.js';

export class SqliteSpans implements SpanStorage {
  readonly #insert: Statement;
  readonly #ofTrace: Statement;
  readonly #drop: Statement;
  readonly #extent: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      'INSERT INTO spans VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#ofTrace = database.prepare('SELECT * FROM spans WHERE trace = ? ORDER BY id LIMIT ?');
    this.#drop = database.prepare('DELETE FROM spans WHERE id < (SELECT min(id) FROM spans) + ?');
    this.#extent = database.prepare(
      'SELECT (SELECT min(id) FROM spans) AS first, (SELECT max(id) FROM spans) AS last',
    );
  }

  // Ids have no gaps: only the oldest go. Apart, so that each is one look into the index.
  get count(): number {
    const { first, last } = this.#extent.get()!;
    return first === null ? 0 : last - first + 1;
  }

  add(spans: readonly Span[]): void {
    for (const span of spans) {
      const { traceId, spanId, parentSpanId, name, kind, service, attributes } = span;
      const times = [span.startUnixNano, span.endUnixNano] as const;
      const { statusCode } = span;
      this.#insert.run(
        traceId,
        spanId,
        parentSpanId,
        name,
        kind,
        ...times,
        statusCode,
        service,
        attributes,
      );
    }
  }

  ofTrace(traceId: string, limit: number): Span[] {
    return this.#ofTrace.all(traceId, limit).map(toSpan);
  }

  dropOldest(count: number): void {
    this.#drop.run(count);
  }
}

function toSpan(row: Row): Span {
  return {
    traceId: row.trace,
    spanId: row.span,
    parentSpanId: row.parent,
    name: row.name,
    kind: row.kind,
    startUnixNano: row.start_time,
    endUnixNano: row.end_time,
    statusCode: row.status,
    service: row.service,
    attributes: row.attributes,
  };
}
