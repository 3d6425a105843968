import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporterEnvironment, readConfig } from '../../src/config.js';

const test = suite('config/exporter');

const SECRET = 'hunter2';
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';

/** What the exporter thread finds under `name`, and what is said on the way. */
function corrected(name: string, env: Record<string, string>) {
  const { config, problems } = readConfig(env);
  return { value: exporterEnvironment(env, config)[name], problems };
}

for (const [value, kept] of [
  [`a=1,Authorization: Bearer ${SECRET},b=2`, 'a=1,b=2'],
  [`${SECRET},b=2`, 'b=2'],
  [`a=${SECRET}%`, undefined],
  [`a=,b=2`, 'b=2'],
  [`a b=${SECRET},c=3`, 'c=3'],
  [`a=${SECRET}%0Ax,c=3`, 'c=3'],
] as const) {
  test(`${HEADERS}="${value}" keeps ${kept ?? 'nothing'}, and its line repeats no part of it`, () => {
    const result = corrected(HEADERS, { [HEADERS]: value });

    assert.is(result.value, kept);
    assert.is(result.problems.length, 1);
    assert.match(result.problems[0]!, /^OTEL_EXPORTER_OTLP_HEADERS has no .* at position \d;/);
    assert.not.match(result.problems[0]!, SECRET);
  });
}

test('bad headers are told by their positions', () => {
  const { problems } = readConfig({ [HEADERS]: 'x,a=1,,y' });

  assert.match(problems[0]!, 'at positions 1, 4; using the other entries.');
});

for (const value of ['a=1', 'a=1,', 'Authorization=Basic%20eA==', 'a = b , c=d;meta']) {
  test(`${HEADERS}="${value}" is taken as it is`, () => {
    assert.equal(corrected(HEADERS, { [HEADERS]: value }), { value, problems: [] });
  });
}

test('quotes around headers are taken off, and the line repeats no part of them', () => {
  const { value, problems } = corrected(HEADERS, { [HEADERS]: `"a=${SECRET}"` });

  assert.is(value, `a=${SECRET}`);
  assert.equal(problems, [`${HEADERS} has surrounding quotes; using it without them.`]);
});

for (const suffix of ['', 'LOGS_']) {
  const timeout = `OTEL_EXPORTER_OTLP_${suffix}TIMEOUT`;
  for (const value of ['0', '-5', '10s', '1.5', '1e999']) {
    test(`${timeout}="${value}" counts as unset and costs one line`, () => {
      const result = corrected(timeout, { [timeout]: value });

      assert.is(result.value, undefined);
      assert.match(result.problems[0]!, /milliseconds from 1 to 3600000; using 10000\.$/);
    });
  }

  const compression = `OTEL_EXPORTER_OTLP_${suffix}COMPRESSION`;
  test(`${compression}=zstd counts as unset and costs one line`, () => {
    const result = corrected(compression, { [compression]: 'zstd' });

    assert.is(result.value, undefined);
    assert.equal(result.problems, [`${compression}="zstd" is not gzip or none; using none.`]);
  });

  test(`${compression}=GZIP reaches the exporter in lower case`, () => {
    assert.is(corrected(compression, { [compression]: ' GZIP ' }).value, 'gzip');
  });

  for (const kind of ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY']) {
    const file = `OTEL_EXPORTER_OTLP_${suffix}${kind}`;
    for (const path of ['no-such-file.pem', '.']) {
      test(`${file}="${path}" counts as unset and costs one line`, () => {
        const result = corrected(file, { [file]: path });

        assert.is(result.value, undefined);
        assert.match(result.problems[0]!, /is not a file that can be read; using /);
      });
    }

    test(`${file} naming a readable file is taken as it is`, () => {
      const result = corrected(file, { [file]: process.execPath });

      assert.equal(result, { value: process.execPath, problems: [] });
    });
  }
}

test('an unreadable certificate for logs leaves the general one in force', () => {
  const { problems } = readConfig({
    OTEL_EXPORTER_OTLP_CERTIFICATE: process.execPath,
    OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: 'no-such-file.pem',
  });

  assert.match(problems[0]!, /using OTEL_EXPORTER_OTLP_CERTIFICATE\.$/);
});

test('the exporter thread gets the environment without NODE_OPTIONS and with the posted URL', () => {
  const env = {
    PATH: '/bin',
    EMPTY: '',
    UNSET: undefined,
    NODE_OPTIONS: '--import x',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'c:4318',
  };
  const snapshot = exporterEnvironment(env, readConfig(env).config);

  assert.equal(snapshot, {
    PATH: '/bin',
    EMPTY: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://c:4318/v1/logs',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/v1/traces',
  });
});

test.run();
