import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Config, readConfig } from '../../src/config.js';
import { DEBUG, ERROR, WARN } from '../../src/severity.js';

const KEYS = 'request_id,job_id,step_id,task_id,session_id,customer_id,service_required'.split(',');

const test = suite('config/values');

test('an empty environment gives the defaults, frozen', () => {
  const { config, problems } = readConfig({});

  const { traces, propagation, ...others } = config;
  assert.equal(others, {
    isDisabled: false,
    logsUrl: 'http://localhost:4318/v1/logs',
    destination: ['http://localhost:4318/v1/logs', '', '', '', ''],
    lingerMs: 200,
    intervalMs: 1000,
    maxBatchRecords: Number.POSITIVE_INFINITY,
    maxMemoryBytes: 32 * 2 ** 20,
    hasSpool: true,
    spoolDir: undefined,
    stateDirectory: undefined,
    maxSpoolBytes: 256 * 2 ** 20,
    maxSpoolAgeMs: 86_400_000,
    writeThroughSeverity: ERROR,
    runId: undefined,
    hasRedaction: true,
    redactNames: { keys: [], allowedKeys: [] },
    exitTimeoutMs: 2000,
    maxAttributes: 128,
    maxValueLength: 8192,
    minimumSeverity: 0,
    rules: undefined,
    levelSignal: undefined,
    callSiteSeverity: 17,
    hasFold: false,
    maxPerSecond: Number.POSITIVE_INFINITY,
    trailSeverity: Number.POSITIVE_INFINITY,
    body: 'message',
    requestIdAnswer: 'echo',
    messages: {
      hasTraceContext: true,
      hasBaggage: true,
      hasChildren: true,
      contextKeys: KEYS,
      hasTracePerAttempt: false,
      redisCarriers: [],
    },
    hasConsoleInstances: true,
    logFormat: undefined,
    serviceName: undefined,
    hasStdio: false,
    hasDiagnostics: true,
    metrics: undefined,
    corrections: {},
  });
  assert.equal(structuredClone(config), config);
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.corrections));
  assert.ok(Object.isFrozen(traces) && Object.isFrozen(propagation));
  assert.equal(problems, []);
});

const numbers: readonly (readonly [name: string, field: keyof Config])[] = [
  ['OTEL_BLRP_SCHEDULE_DELAY', 'lingerMs'],
  ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', 'maxBatchRecords'],
  ['OTEL_REGISTER_MAX_MEMORY_BYTES', 'maxMemoryBytes'],
  ['OTEL_REGISTER_EXIT_TIMEOUT_MS', 'exitTimeoutMs'],
  ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'maxAttributes'],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', 'maxAttributes'],
  ['OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'maxValueLength'],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'maxValueLength'],
];
for (const [name, field] of numbers) {
  test(`${name} sets ${field}`, () => {
    const { config, problems } = readConfig({ [name]: ' 70000 ' });

    assert.is(config[field], 70_000);
    assert.equal(problems, []);
  });

  for (const value of ['-1', '1.5', '1e3', '0x10', 'many', '5s', '1,000', '99999999999999999999']) {
    test(`${name}="${value}" costs one line and leaves the default`, () => {
      const { config, problems } = readConfig({ [name]: value });

      assert.is(config[field], readConfig({}).config[field]);
      assert.is(problems.length, 1);
      assert.match(problems[0]!, `${name}="${value}" is not a whole number of `);
      assert.match(problems[0]!, / from \d+ to \d+; using (\d+|no limit)\.$/);
    });
  }
}

test('a bad limit for log records falls back to the general one and says so', () => {
  const { config, problems } = readConfig({
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: 'x',
    OTEL_ATTRIBUTE_COUNT_LIMIT: '7',
  });

  assert.is(config.maxAttributes, 7);
  assert.match(problems[0]!, /using 7\.$/);
});

test('a queue size in records is accepted in silence', () => {
  assert.equal(readConfig({ OTEL_BLRP_MAX_QUEUE_SIZE: '2048' }).problems, []);
});

for (const [value, expected] of [
  ['on', true],
  ['TRUE', true],
  ['1', true],
  ['off', false],
  ['False', false],
  ['0', false],
] as const) {
  test(`a switch set to ${value} is ${expected}`, () => {
    const { config, problems } = readConfig({
      OTEL_REGISTER_DIAGNOSTICS: value,
      OTEL_REGISTER_CONSOLE_INSTANCES: value,
    });

    assert.is(config.hasDiagnostics, expected);
    assert.is(config.hasConsoleInstances, expected);
    assert.equal(problems, []);
  });
}

test('OTEL_REGISTER_BODY=full sends whole texts', () => {
  assert.is(readConfig({ OTEL_REGISTER_BODY: 'full' }).config.body, 'full');
});

for (const [name, value, line] of [
  ['OTEL_REGISTER_DIAGNOSTICS', 'yes', 'is not on, off, true, false, 1 or 0; using on.'],
  ['OTEL_REGISTER_BODY', 'short', 'is not message or full; using message.'],
  ['OTEL_REGISTER_LOG_LEVEL', 'loud', 'is not trace, debug, info, warn, error or fatal; using'],
  ['OTEL_SDK_DISABLED', 'yes', 'is not true or false; using false.'],
  ['OTEL_LOGS_EXPORTER', 'console', 'is not otlp or none; using otlp.'],
  ['OTEL_LOGS_EXPORTER', 'otlp,console', 'is not otlp or none; using otlp.'],
  ['OTEL_CONFIG_FILE', 'otel.yaml', 'is not read; using the environment alone.'],
] as const) {
  test(`${name}=${value} costs one line and does not disable us`, () => {
    const { config, problems } = readConfig({ [name]: value });

    assert.not(config.isDisabled);
    assert.is(problems.length, 1);
    assert.match(problems[0]!, `${name}="${value}" ${line}`);
  });
}

for (const env of [
  { OTEL_SDK_DISABLED: 'true' },
  { OTEL_SDK_DISABLED: 'TRUE' },
  { OTEL_LOGS_EXPORTER: 'none' },
  { OTEL_LOGS_EXPORTER: 'otlp, none' },
]) {
  test(`${JSON.stringify(env)} disables us, bad values elsewhere included`, () => {
    const { config, problems } = readConfig({ ...env, OTEL_REGISTER_BODY: 'short' });

    assert.ok(config.isDisabled);
    assert.equal(problems, []);
  });
}

for (const [env, severity] of [
  [{ LOG_LEVEL: 'warn' }, WARN],
  [{ LOG_LEVEL: 'verbose' }, DEBUG],
  [{ LOG_LEVEL: 'chatty' }, 0],
  [{ LOG_LEVEL: '"chatty"' }, 0],
  [{ LOG_LEVEL: 'warn', OTEL_REGISTER_LOG_LEVEL: 'Error' }, ERROR],
] as const) {
  test(`${JSON.stringify(env)} exports from severity ${severity} on and says nothing`, () => {
    const { config, problems } = readConfig(env);

    assert.is(config.minimumSeverity, severity);
    assert.equal(problems, []);
  });
}

test('an unknown OTEL_REGISTER_LOG_LEVEL leaves LOG_LEVEL in force', () => {
  const { config } = readConfig({ LOG_LEVEL: 'warn', OTEL_REGISTER_LOG_LEVEL: 'loud' });

  assert.is(config.minimumSeverity, WARN);
});

test('a long value is cut to 80 characters, and its control characters are escaped', () => {
  const { problems } = readConfig({ OTEL_REGISTER_BODY: `\x1b[31m\n${'x'.repeat(5000)}` });

  assert.ok(problems[0]!.length < 200);
  assert.match(problems[0]!, '\\u001b[31m\\nxxx');
});

test.run();
