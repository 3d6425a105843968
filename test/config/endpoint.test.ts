import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/endpoint');

const SHARED = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const OWN = 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT';
const DEFAULT = 'http://localhost:4318/v1/logs';

test('records go to localhost when nothing is set', () => {
  const { config, problems } = readConfig({});

  assert.is(config.logsUrl, DEFAULT);
  assert.equal(problems, []);
});

const goodShared: readonly (readonly [value: string, logsUrl: string])[] = [
  ['http://c:4318', 'http://c:4318/v1/logs'],
  ['http://c:4318/', 'http://c:4318/v1/logs'],
  ['https://c/base', 'https://c/base/v1/logs'],
  ['https://c/base/', 'https://c/base/v1/logs'],
  ['HTTP://c:4318', 'http://c:4318/v1/logs'],
  ['http://[::1]:4318', 'http://[::1]:4318/v1/logs'],
  ['http://u:p@c:4318', 'http://u:p@c:4318/v1/logs'],
  ['https://c?tenant=7', 'https://c/v1/logs?tenant=7'],
  ['http://c:4317', 'http://c:4317/v1/logs'],
  ['   ', DEFAULT],
];
for (const [value, logsUrl] of goodShared) {
  test(`ENDPOINT="${value}" posts to ${logsUrl} and says nothing`, () => {
    const { config, problems } = readConfig({ [SHARED]: value });

    assert.is(config.logsUrl, logsUrl);
    assert.equal(problems, []);
  });
}

const badShared: readonly (readonly [value: string, logsUrl: string, line: RegExp])[] = [
  ['localhost:4318', DEFAULT, /lacks http:\/\/ or https:\/\/; using "http:\/\/localhost:4318"\.$/],
  ['collector:4318/path', 'http://collector:4318/path/v1/logs', /"collector:4318\/path" lacks/],
  ['collector', 'http://collector/v1/logs', /lacks/],
  ['//c:4318', 'http://c:4318/v1/logs', /lacks/],
  ['c.example:443', 'https://c.example/v1/logs', /lacks .* using "https:/],
  ['10.0.0.1:4318', 'http://10.0.0.1:4318/v1/logs', /lacks/],
  ['[::1]:4318', 'http://[::1]:4318/v1/logs', /lacks/],
  [
    ' http://c:4318 ',
    'http://c:4318/v1/logs',
    /has surrounding spaces or quotes; using "http:\/\/c/,
  ],
  ['"http://c:4318"', 'http://c:4318/v1/logs', /has surrounding spaces or quotes/],
  ["'c:4318'", 'http://c:4318/v1/logs', /surrounding spaces or quotes and lacks/],
  ['http://c/v1/logs', 'http://c/v1/logs', /ends in \/v1\/logs.* using "http:\/\/c"/],
  ['http://c/v1/logs/', 'http://c/v1/logs', /ends in/],
  ['http://c/a/v1/traces', 'http://c/a/v1/logs', /ends in \/v1\/traces.* using "http:\/\/c\/a"/],
  ['ftp:', DEFAULT, /is not an http:\/\/ or https:\/\/ URL; using "http:\/\/localhost:4318"/],
  ['ftp://c', DEFAULT, /is not an http/],
  ['grpc://c:4317', DEFAULT, /is not an http/],
  ['unix:/run/otel.sock', DEFAULT, /is not an http/],
  ['not a url', DEFAULT, /"not a url" is not an http/],
  ['http://', DEFAULT, /is not an http/],
  ['http://c:99999', DEFAULT, /is not an http/],
];
for (const [value, logsUrl, line] of badShared) {
  test(`ENDPOINT="${value}" posts to ${logsUrl} and costs one line`, () => {
    const { config, problems } = readConfig({ [SHARED]: value });

    assert.is(config.logsUrl, logsUrl);
    assert.is(problems.length, 1);
    assert.match(problems[0]!, line);
    assert.match(problems[0]!, /^OTEL_EXPORTER_OTLP_ENDPOINT=/);
  });
}

const own: readonly (readonly [value: string, logsUrl: string, line?: RegExp])[] = [
  ['http://c:4318/v1/logs', 'http://c:4318/v1/logs'],
  ['http://c:4318/in', 'http://c:4318/in'],
  ['http://c:4318/', 'http://c:4318/'],
  ['http://c:4318', 'http://c:4318/', /has no path, where collectors expect \/v1\/logs; using/],
  ['c:4318', 'http://c:4318/', /lacks .* and has no path/],
  ['c:4318/in', 'http://c:4318/in', /lacks/],
  ['ftp://c', 'http://shared/v1/logs', /using "http:\/\/shared\/v1\/logs"/],
];
for (const [value, logsUrl, line] of own) {
  test(`LOGS_ENDPOINT="${value}" posts to ${logsUrl}`, () => {
    const { config, problems } = readConfig({ [OWN]: value, [SHARED]: 'http://shared' });

    assert.is(config.logsUrl, logsUrl);
    assert.is(problems.length, line ? 1 : 0);
    if (line) assert.match(problems[0]!, line);
  });
}

test('an endpoint that LOGS_ENDPOINT outranks is not looked at', () => {
  const env = { [OWN]: 'http://c/v1/logs', [SHARED]: 'ftp://c', OTEL_REGISTER_TRACES: 'off' };
  const { problems } = readConfig(env);

  assert.equal(problems, []);
});

for (const value of ['http/json', 'grpc', 'GRPC', 'thrift']) {
  test(`PROTOCOL="${value}" costs one line that names http/protobuf`, () => {
    const { problems } = readConfig({ OTEL_EXPORTER_OTLP_PROTOCOL: value });

    assert.equal(problems, [
      `OTEL_EXPORTER_OTLP_PROTOCOL="${value}" is not http/protobuf; using http/protobuf.`,
    ]);
  });
}

test('LOGS_PROTOCOL=http/protobuf silences a PROTOCOL=grpc meant for other signals', () => {
  const { config, problems } = readConfig({
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    [SHARED]: 'http://c:4317',
    OTEL_REGISTER_TRACES: 'off',
  });

  assert.is(config.logsUrl, 'http://c:4317/v1/logs');
  assert.equal(problems, []);
});

for (const [name, value] of [
  [SHARED, 'http://c:4317'],
  [OWN, 'http://c:4317'],
  [OWN, 'c:4317'],
] as const) {
  test(`PROTOCOL=grpc turns ${name}=${value} into port 4318 and /v1/logs, and says so`, () => {
    const { config, problems } = readConfig({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', [name]: value });

    assert.is(config.logsUrl, 'http://c:4318/v1/logs');
    assert.is(problems.length, 2);
    assert.match(problems[1]!, /has the port of grpc.* using "http:\/\/c:4318/);
  });
}

for (const value of [
  'http://user:hunter2@c:4318/v1/logs',
  'user:hunter2@c:4318',
  'http://user:hun/hunter2@c:4318',
  'http://user:hunter2%40c:4318',
  'ftp://hunter2@c',
  'c:4318?token=hunter2',
]) {
  test(`the secret of ENDPOINT="${value}" is not repeated`, () => {
    const { problems } = readConfig({ [SHARED]: value });

    assert.is(problems.length, 1);
    assert.not.match(problems[0]!, /hunter2/);
    assert.match(problems[0]!, /\*\*\*/);
  });
}

test.run();
