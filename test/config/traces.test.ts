import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporterEnvironment, readConfig } from '../../src/config.js';

const test = suite('config/traces');

const DEFAULT = {
  url: 'http://localhost:4318/v1/traces',
  isWanted: false,
  lingerMs: 1000,
  maxBatchSpans: Number.POSITIVE_INFINITY,
  sampler: 'parentbased_always_on',
  ratio: 1,
  instrumentations: { enabled: undefined, disabled: [] },
  hasTraceContext: true,
  hasBaggage: true,
  maxSpanAttributes: 128,
  maxSpanValueLength: 8192,
  maxSpanEvents: 128,
  maxSpanLinks: 128,
};

test('spans are on by default, wanted by nobody in particular', () => {
  const { config, problems } = readConfig({});

  assert.equal(config.traces, DEFAULT);
  assert.equal(problems, []);
});

for (const env of [
  { OTEL_REGISTER_TRACES: 'off' },
  { OTEL_REGISTER_TRACES: 'OFF ' },
  { OTEL_TRACES_EXPORTER: 'none' },
  { OTEL_TRACES_EXPORTER: 'otlp,none', OTEL_REGISTER_TRACES: 'on' },
]) {
  test(`${JSON.stringify(env)} switches them off, and nothing is said`, () => {
    const { config, problems } = readConfig(env);

    assert.is(config.traces, undefined);
    assert.equal(problems, []);
  });
}

const SET: readonly (readonly [env: NodeJS.ProcessEnv, expected: object])[] = [
  [{ OTEL_REGISTER_TRACES: 'on' }, { isWanted: true }],
  [
    { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg, ioredis' },
    { instrumentations: { enabled: ['pg', 'ioredis'], disabled: [] } },
  ],
  [
    { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'router' },
    { instrumentations: { enabled: undefined, disabled: ['router'] } },
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:1' }, { url: 'http://c:1/v1/traces' }],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t:1/x' }, { url: 'http://t:1/x' }],
  [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://l:1/x' }, { url: undefined }],
  [
    { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://l:1/x', OTEL_REGISTER_TRACES: 'on' },
    { isWanted: true },
  ],
  [{ OTEL_BSP_SCHEDULE_DELAY: '5' }, { lingerMs: 5 }],
  [{ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '7' }, { maxBatchSpans: 7 }],
  [{ OTEL_TRACES_SAMPLER: 'Always_Off' }, { sampler: 'always_off' }],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
    { sampler: 'traceidratio', ratio: 0.25 },
  ],
  [{ OTEL_TRACES_SAMPLER_ARG: '0.25' }, {}],
  [{ OTEL_PROPAGATORS: 'tracecontext' }, { hasBaggage: false }],
  [{ OTEL_PROPAGATORS: ' baggage ' }, { hasTraceContext: false }],
  [{ OTEL_PROPAGATORS: 'none' }, { hasTraceContext: false, hasBaggage: false }],
  [{ OTEL_ATTRIBUTE_COUNT_LIMIT: '3' }, { maxSpanAttributes: 3 }],
  [
    { OTEL_ATTRIBUTE_COUNT_LIMIT: '3', OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '4' },
    { maxSpanAttributes: 4 },
  ],
  [{ OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '9' }, { maxSpanValueLength: 9 }],
  [{ OTEL_SPAN_EVENT_COUNT_LIMIT: '1' }, { maxSpanEvents: 1 }],
  [{ OTEL_SPAN_LINK_COUNT_LIMIT: '2' }, { maxSpanLinks: 2 }],
];
for (const [env, expected] of SET) {
  test(`${JSON.stringify(env)} sets ${JSON.stringify(expected)}`, () => {
    const { config, problems } = readConfig(env);

    assert.equal(config.traces, { ...DEFAULT, ...expected });
    assert.equal(problems, []);
  });
}

const BAD: readonly (readonly [env: NodeJS.ProcessEnv, expected: object, said: RegExp])[] = [
  [{ OTEL_REGISTER_TRACES: 'maybe' }, {}, /"maybe" is not auto, on or off; using auto\.$/],
  [{ OTEL_TRACES_EXPORTER: 'jaeger' }, {}, /is not otlp or none; using otlp\.$/],
  [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, {}, /using parentbased_always_on\.$/],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '50%' },
    { sampler: 'traceidratio' },
    /"50%" is not a number from 0 to 1; using 1\.$/,
  ],
  [{ OTEL_PROPAGATORS: 'b3,tracecontext' }, { hasBaggage: false }, /using tracecontext\.$/],
  [
    { OTEL_PROPAGATORS: 'b3' },
    { hasBaggage: false, hasTraceContext: false },
    /tracecontext, baggage or none; using none\.$/,
  ],
];
for (const [env, expected, said] of BAD) {
  test(`${JSON.stringify(env)} costs one line`, () => {
    const { config, problems } = readConfig(env);

    assert.equal(config.traces, { ...DEFAULT, ...expected });
    assert.is(problems.length, 1);
    assert.match(problems[0]!, said);
  });
}

test('the exporter thread is told where spans go, corrected', () => {
  const env = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ' c:4318/v1/traces' };
  const { config } = readConfig(env);

  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url } = exporterEnvironment(env, config);

  assert.is(url, 'http://c:4318/v1/traces');
});

test.run();
