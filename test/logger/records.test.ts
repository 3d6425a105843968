import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { linesOf } from '../preload/console-records.js';
import { jsonLines, type LoggerRun, runLogger } from './logger-program.js';

const test = suite('logger/records');

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

// A tracing of the program's own, as its copy of OpenTelemetry's API keeps it.
const TRACING = `
  const span = { spanContext: () => ({ traceId: '${TRACE_ID}', spanId: '${SPAN_ID}', traceFlags: 1 }) };
  const context = { active: () => ({ getValue: () => span }) };
  globalThis[Symbol.for('opentelemetry.js.api.1')] = { version: '1.9.0', context };
`;

const moved: readonly (readonly [before: string, after: string])[] = [
  [
    "console.log('Job completed', { job_id: 'w1', n: { a: [1] } })",
    "logger.info('Job completed', { job_id: 'w1', n: { a: [1] } })",
  ],
  ["console.log('Started')", "logger.info('Started')"],
  ["console.warn('Cold model', { model: 'flux' })", "logger.warn('Cold model', { model: 'flux' })"],
  ["console.error('Job failed', error)", "logger.error('Job failed', error)"],
  [
    "console.error('Job failed', { job_id: 1 }, error)",
    "logger.error('Job failed', { job_id: 1 }, error)",
  ],
  ['console.log({ job_id: 1 })', 'logger.info({ job_id: 1 })'],
  ["console.log([1, 'a'])", "logger.info([1, 'a'])"],
  [
    "console.log('Stacked', { stack: 'of books' })",
    "logger.info('Stacked', { stack: 'of books' })",
  ],
  ["console.debug('Seen', { at: 1 })", "logger.debug('Seen', { at: 1 })"],
];

for (const [before, after] of moved) {
  test(
    `${after} is one record, the same as that of ${before}`,
    withCollector(async collector => {
      const run = await runLogger(
        `${TRACING}
        const { withLogContext } = require('@emp/otel-register/api');
        const logger = createLogger({ level: 'debug' });
        const error = Object.assign(new TypeError('boom'), { code: 'E7', port: 1 });
        withLogContext({ request_id: 'r1' }, () => { ${before}; ${after}; });`,
        { preload: 'import', env: endpointOf(collector) },
      );

      assert.is(run.code, 0, String(run.stderr));
      const [first, second, ...others] = collector.records;
      assert.equal(linesOf(others), []);
      assert.equal(comparable(second!), comparable(first!));
      assert.is(second?.traceId, TRACE_ID);
      assert.is(second?.spanId, SPAN_ID);
      assert.equal([first?.scope.name, second?.scope.name], ['console', 'winston']);
    }),
  );
}

for (const file of ['main.cjs', 'main.mjs'] satisfies LoggerRun['file'][]) {
  test(
    `${file} prints the ids of its span, with and without the preload`,
    withCollector(async collector => {
      const program = `${TRACING} createLogger().info('Hello');`;
      for (const preload of ['import', false] as const) {
        const env = endpointOf(collector);
        const { stdout } = await runLogger(program, { file, preload, env });
        assert.equal(jsonLines(stdout), [
          { level: 'info', message: 'Hello', trace_id: TRACE_ID, span_id: SPAN_ID },
        ]);
      }
      assert.equal(linesOf(collector.records), [['INFO', 'Hello']]);
    }),
  );
}

test(
  "a child's fields and the name are attributes",
  withCollector(async collector => {
    await runLogger(
      "createLogger({ name: 'worker', fields: { pool: 'p' } }).child({ step: 2 }).info('Go', { a: 1 });",
      { preload: 'import', env: endpointOf(collector) },
    );
    const [line] = linesOf(collector.records);
    assert.equal(line?.slice(0, 2), ['INFO', 'Go']);
    assert.equal(line?.[2], { step: 2, logger: 'worker', pool: 'p', a: 1 });
  }),
);

function comparable(record: ReceivedLog): unknown {
  const [severity, body, attributes = {}] = linesOf([record])[0]!;
  return { severity, body, attributes: Object.entries(attributes).sort() };
}

test.run();
