import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatTable } from '../../demo/table.js';
import { widthOf } from '../../demo/text-width.js';
import { formatWaterfall } from '../../demo/waterfall.js';
import type { ViewedRecord, ViewedSpan } from '../../src/viewer/api.js';

const test = suite('demo/table');
const plain = (_: unknown, text: string) => text;

function record(body: string, attributes: ViewedRecord['attributes'] = {}): ViewedRecord {
  return {
    id: 1,
    timeUnixNano: '1000000',
    severityNumber: 17,
    severityText: 'ERROR',
    body,
    bodyIsCut: false,
    service: 'worker',
    pool: 'fast-lane',
    host: null,
    scope: 'console',
    traceId: '0123456789abcdef0123456789abcdef',
    spanId: null,
    attributes,
  };
}

const LONG = record('Job failed '.repeat(20), {
  job_id: 'a',
  'exception.message': 'no model',
  note: 'x'.repeat(99),
});
const RECORDS = [
  LONG,
  { ...record('漢字'.repeat(60), { job_id: 'a', n: 1.26 }), timeUnixNano: '3500000' },
  record('one\n\x1b[2Jtwo\u0007', { job_id: 'a' }),
];

for (const width of [60, 80, 120, 160, 240]) {
  test(`no line is wider than ${width} columns, and none moves the cursor`, () => {
    const lines = formatTable(RECORDS, width, plain);

    assert.is(lines.length, RECORDS.length + 1);
    for (const line of lines) assert.ok(widthOf(line) <= width, line);
    assert.not.match(lines.join(''), /\p{Cc}/u);
  });
}

test('attributes have a column where there is room, and follow the message where not', () => {
  const records = [record('Pool chosen', { pool: 'heavy' }), record('Job 7', { n: 1.26 })];

  const [, ...wide] = formatTable(records, 160, plain).map(line => line.slice(-27).trim());
  const [, ...narrow] = formatTable(records, 80, plain).map(line => line.split('fast-lane  ')[1]);

  assert.match(wide[0]!, /Pool chosen {2}pool=heavy$/);
  assert.match(wide[1]!, /Job 7 {8}n=1\.3$/);
  assert.equal(narrow, ['Pool chosen  pool=heavy', 'Job 7  n=1.3']);
});

test('times are since the first line, and what all lines have in common is on none', () => {
  const lines = formatTable(RECORDS, 240, plain);

  assert.match(lines[2]!, /^2\.5 {2}ERROR/);
  assert.not.match(lines.join(), 'job_id=a');
  assert.match(lines[1]!, 'exception.message="no model" note=');
});

test('a span lies below its parent, and its bar where it lies in the time of all', () => {
  const span = (id: string, parentSpanId: string | null, from: number, to: number): ViewedSpan => ({
    traceId: '',
    spanId: id,
    parentSpanId,
    name: `span ${id}`,
    kind: 1,
    startUnixNano: `${from}000000`,
    endUnixNano: `${to}000000`,
    statusCode: 0,
    service: 'api',
    attributes: {},
  });

  const lines = formatWaterfall([span('b', 'a', 50, 100), span('a', null, 0, 50)], 61, plain);

  const half = 16;
  assert.is(lines[0], `span a   api          50 ms  ${'━'.repeat(half)}`);
  assert.is(lines[1], ` span b  api          50 ms  ${' '.repeat(half)}${'━'.repeat(half)}`);
});

test.run();
