import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporterEnvironment, readConfig } from '../../src/config.js';

const test = suite('config/metrics');

const ON = { OTEL_METRICS_EXPORTER: 'otlp' };
const DEFAULT = {
  url: 'http://localhost:4318/v1/metrics',
  intervalMs: 60_000,
  temporality: 'cumulative',
};

for (const value of [undefined, '', 'none', 'NONE', 'otlp,none']) {
  test(`OTEL_METRICS_EXPORTER=${value} means none, and nothing is said`, () => {
    const { config, problems } = readConfig({ OTEL_METRICS_EXPORTER: value });

    assert.is(config.metrics, undefined);
    assert.equal(problems, []);
  });
}

for (const value of ['otlp', ' OTLP ']) {
  test(`OTEL_METRICS_EXPORTER="${value}" sends them, and nothing is said`, () => {
    const { config, problems } = readConfig({ OTEL_METRICS_EXPORTER: value });

    assert.equal(config.metrics, DEFAULT);
    assert.equal(problems, []);
  });
}

for (const [value, used] of [
  ['prometheus', 'none'],
  ['console,logging', 'none'],
  ['otlp,prometheus', 'otlp'],
] as const) {
  test(`OTEL_METRICS_EXPORTER=${value} means ${used}, and costs one line`, () => {
    const { config, problems } = readConfig({ OTEL_METRICS_EXPORTER: value });

    assert.equal(config.metrics, used === 'otlp' ? DEFAULT : undefined);
    assert.equal(problems, [
      `OTEL_METRICS_EXPORTER="${value}" is not otlp or none; using ${used}.`,
    ]);
  });
}

for (const [endpoint, own, url] of [
  ['http://c:4318', undefined, 'http://c:4318/v1/metrics'],
  ['https://c/base/', undefined, 'https://c/base/v1/metrics'],
  ['http://c:4318', 'http://m:9090/in', 'http://m:9090/in'],
  [undefined, 'http://m:9090/in', 'http://m:9090/in'],
] as const) {
  test(`with ENDPOINT=${endpoint} and METRICS_ENDPOINT=${own} they go to ${url}`, () => {
    const env = {
      ...ON,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: own,
    };
    const { config, problems } = readConfig(env);

    assert.is(config.metrics!.url, url);
    assert.is(exporterEnvironment(env, config).OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, url);
    assert.equal(problems, []);
  });
}

test('a fault of the endpoint of all signals is told once', () => {
  const { config, problems } = readConfig({ ...ON, OTEL_EXPORTER_OTLP_ENDPOINT: 'c:4318' });

  assert.is(config.logsUrl, 'http://c:4318/v1/logs');
  assert.is(config.metrics!.url, 'http://c:4318/v1/metrics');
  assert.is(problems.length, 1);
});

const bad: readonly (readonly [name: string, value: string, used: RegExp])[] = [
  ['OTEL_METRIC_EXPORT_INTERVAL', '99', /from 100 to 3600000; using 60000\.$/],
  ['OTEL_METRIC_EXPORT_INTERVAL', '1m', /using 60000\.$/],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'sums', /using cumulative\.$/],
  [
    'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
    'ftp://c',
    /using "http:\/\/localhost:4318\/v1\/metrics"/,
  ],
  ['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'grpc', /using http\/protobuf\.$/],
  ['OTEL_EXPORTER_OTLP_METRICS_TIMEOUT', '10s', /using 10000\.$/],
  ['OTEL_EXPORTER_OTLP_METRICS_COMPRESSION', 'zstd', /using none\.$/],
  ['OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'a', /using no headers\.$/],
  ['OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE', 'no-such.pem', /using Node's/],
];
for (const [name, value, used] of bad) {
  test(`${name}="${value}" costs one line and means its default, if metrics are sent`, () => {
    const { config, problems } = readConfig({ ...ON, [name]: value });

    assert.equal(config.metrics, DEFAULT);
    assert.is(problems.length, 1);
    assert.match(problems[0]!, used);
    assert.is(exporterEnvironment({ [name]: value }, config)[name] === value, false);
    assert.equal(readConfig({ [name]: value }).problems, []);
  });
}

test.run();
