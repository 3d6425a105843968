import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLines, runFormatted } from './formatted-output.js';

const test = suite('preload/format-json-lines');

const TRACE = '"trace_id":"0af7651916cd43dd8448eb211c80319c"';
const IDS = `${TRACE},"span_id":"b7ad6b7169203331"`;

const untouched = [
  '{"level":30,"time":1700000000000,"msg":"pino"}',
  '{"n":12345678901234567890,"f":1.0,"e":1E400,"neg":-0}',
  '{ "spaced" : [ 1 , 2 ] }',
  '{"b":1,"a":2,"1":3,"b":4}',
  '{"text":"\\u001b[31m \\/ caf\\u00e9 café"}',
  '{}',
];

test('a line that is JSON is printed byte for byte', async () => {
  const { out } = await runFormatted(
    `for (const line of ${JSON.stringify(untouched)}) console.log(line);`,
    'json',
    { env: { OTEL_SERVICE_NAME: 'worker' } },
  );

  assert.is(out, `${untouched.join('\n')}\n`);
});

const inSpan: Record<string, string> = {
  '{"msg":"hi","n":12345678901234567890}': `{"msg":"hi","n":12345678901234567890,${IDS}}`,
  '{"msg":"hi" }': `{"msg":"hi" ,${IDS}}`,
  '{}': `{${IDS}}`,
  '{ }': `{ ${IDS}}`,
  '{"trace_id":"own","msg":"hi"}': '{"trace_id":"own","msg":"hi"}',
  '{"traceId":"own"}': '{"traceId":"own"}',
  '{"dd":{"trace_id":"1"}}': '{"dd":{"trace_id":"1"}}',
  '{"span_id":"own"}': `{"span_id":"own",${TRACE}}`,
};

test('a line that is JSON gets the ids of its span unless it has some', async () => {
  const { out } = await runFormatted('format/in-span.cjs', 'json', { args: Object.keys(inSpan) });

  assert.equal(out.split('\n').slice(0, -2), Object.values(inSpan));
});

test('the ids of the span win over fields by their names, which are kept under others', async () => {
  const { out } = await runFormatted('format/in-span.cjs', 'json');

  const { timestamp, ...line } = parseLines(out)[0]!;
  assert.equal(line, {
    level: 'info',
    message: 'fields',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    span_id: 'b7ad6b7169203331',
    'user.trace_id.2': 'own',
    'user.span_id': 'own',
    'user.trace_id': 'own too',
  });
});

test('JSON over several lines is put on one, and what acts in it is escaped', async () => {
  const object = { a: 1, b: ['x\ny', { c: '\u2028\u009b2J\u202e' }] };
  const { out } = await runFormatted(
    `console.log(JSON.stringify(${JSON.stringify(object)}, null, 2)); console.log('{"a":1,\\r\\n\\r\\n"b":2}');`,
    'json',
  );

  assert.equal(parseLines(out), [object, { a: 1, b: 2 }]);
});

test('JSON longer, wider and deeper than a record is printed as it is', async () => {
  const { out, records } = await runFormatted(
    `const deep = []; let inner = deep; for (let i = 0; i < 20; i++) inner.push(inner = []);
    console.log(JSON.stringify({ long: 'x'.repeat(100_000) }));
    console.log(JSON.stringify({ wide: Array.from({ length: 3_000 }, (_, i) => ({ i })), deep }));`,
    'json',
  );

  const [long, wide] = parseLines(out);
  assert.is(String(long!.long).length, 100_000);
  assert.is((wide!.wide as unknown[]).length, 3_000);
  assert.is(records.length, 2);
});

for (const line of ['[1,2]', '"text"', '{not json}', '{"a":1} {"b":2}', '{"a":1}\n', 'null']) {
  test(`${JSON.stringify(line)} is a message like any other`, async () => {
    const { out } = await runFormatted(`console.log(${JSON.stringify(line)})`, 'json');

    assert.is(parseLines(out)[0]!.message, line);
  });
}

test('a JSON line below the least level is not printed', async () => {
  const { out, records } = await runFormatted(
    `console.log('{"level":"debug","msg":"a"}'); console.log('{"level":"error","msg":"b"}');`,
    'json',
    { env: { OTEL_REGISTER_LOG_LEVEL: 'warn' } },
  );

  assert.is(out, '{"level":"error","msg":"b"}\n');
  assert.is(records.length, 1);
});

test.run();
