/** A log record as a test describes it. */
export interface Line {
  readonly atMs: number;
  readonly severityNumber: number;
  readonly body: string;
  readonly service?: string;
  readonly pool?: string | undefined;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly traceId?: string;
  readonly spanId?: string;
}

export interface Span {
  readonly name: string;
  readonly kind: number;
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly statusCode: number;
}

/** One request of OTLP's JSON with all these lines, in their order. */
export function logsRequest(lines: readonly Line[]): string {
  const resourceLogs = lines.map(line => ({
    resource: resourceOf(line),
    scopeLogs: [{ scope: { name: 'console' }, logRecords: [logRecord(line)] }],
  }));
  return JSON.stringify({ resourceLogs });
}

export function spansRequest(spans: readonly Span[]): string {
  const resourceSpans = spans.map(({ startMs, endMs, statusCode, service, ...span }) => ({
    resource: resourceOf({ service }),
    scopeSpans: [
      {
        scope: { name: 'test' },
        spans: [
          {
            ...span,
            startTimeUnixNano: nanoseconds(startMs),
            endTimeUnixNano: nanoseconds(endMs),
            status: { code: statusCode },
          },
        ],
      },
    ],
  }));
  return JSON.stringify({ resourceSpans });
}

function logRecord({ atMs, severityNumber, body, fields = {}, traceId, spanId }: Line) {
  const attributes = toKeyValues(fields);
  const time = { timeUnixNano: nanoseconds(atMs) };
  const ids = { ...(traceId && { traceId }), ...(spanId && { spanId }) };
  return { ...time, severityNumber, body: { stringValue: body }, attributes, ...ids };
}

function resourceOf({ service = 'api', pool }: Pick<Line, 'service' | 'pool'>) {
  const host = pool === undefined ? `${service}-1` : `gpu-${pool}-7`;
  return {
    attributes: toKeyValues({
      'service.name': service,
      'service.version': '1.2.0',
      ...(pool !== undefined && { 'emp.pool.name': pool }),
      'host.name': host,
    }),
  };
}

function toKeyValues(fields: Readonly<Record<string, unknown>>) {
  return Object.entries(fields).map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

function toAnyValue(value: unknown): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { doubleValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  return { kvlistValue: { values: toKeyValues(value as Record<string, unknown>) } };
}

// Of milliseconds with a fraction.
function nanoseconds(ms: number): string {
  const whole = Math.floor(ms);
  return `${whole}${String(Math.floor((ms - whole) * 1e6)).padStart(6, '0')}`;
}
