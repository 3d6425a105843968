import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../../helpers/collector.js';
import { examine, the, troubles } from './examined.js';
import { refusedPort } from './servers.js';

const test = suite('commands/doctor/doctor-settings');

// Set-ups that are broken in the environment of the program, and what is said of each.

interface Mistake {
  readonly what: string;
  readonly env: (url: string) => Record<string, string>;
  readonly id: string;
  readonly says: RegExp;
}

/** The preload corrects these: records arrive nevertheless. */
const corrected: readonly Mistake[] = [
  {
    what: 'an endpoint without a scheme',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url.replace('http://', '') }),
    id: 'settings',
    says: /^OTEL_EXPORTER_OTLP_ENDPOINT="127.*lacks http:\/\/ or https:\/\//,
  },
  {
    what: 'spaces around the endpoint',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: ` ${url} ` }),
    id: 'settings',
    says: /has surrounding spaces or quotes/,
  },
  {
    what: 'the path of the signal in the endpoint of all',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/v1/logs` }),
    id: 'settings',
    says: /ends in \/v1\/logs, though the path of the signal is appended/,
  },
  {
    what: 'protocol grpc',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }),
    id: 'settings.protocol',
    says: /^OTEL_EXPORTER_OTLP_PROTOCOL="grpc" is not http\/protobuf/,
  },
  {
    what: 'a misspelt setting',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_REGISTER_SPOOL_DRI: 'x' }),
    id: 'settings',
    says: /OTEL_REGISTER_SPOOL_DIR is the nearest that is/,
  },
];

for (const { what, env, id, says } of corrected) {
  test(
    `${what} is a warning, and the record arrives`,
    withCollector(async collector => {
      const examined = await examine([], { env: env(collector.url) });

      assert.equal(troubles(withoutPlace(examined)), [id]);
      assert.match(the(examined, id).says, says);
      assert.is(collector.records.length, 1);
      assert.is(examined.status, 'warning');
      assert.is(examined.code, 0);
    }),
  );
}

for (const [env, says] of [
  [{ OTEL_SDK_DISABLED: 'true' }, 'OTEL_SDK_DISABLED=true switches the preload off'],
  [{ OTEL_LOGS_EXPORTER: 'none' }, 'OTEL_LOGS_EXPORTER=none switches the preload off'],
] as const) {
  test(
    `${Object.keys(env)[0]} is a failure, and nothing is sent`,
    withCollector(async collector => {
      const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };

      const examined = await examine([], { env: { ...endpoint, ...env } });

      assert.is(the(examined, 'settings.disabled').says, says);
      assert.is(the(examined, 'tcp').status, 'ok');
      assert.is(collector.requests.length, 0);
      assert.is(examined.code, 1);
    }),
  );
}

test('an endpoint that is no URL is a failure that names what is used instead', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://collector' };

  const examined = await examine(['--no-send'], { env });

  assert.match(
    the(examined, 'settings.endpoint').says,
    'is not an http:// or https:// URL; using "http://localhost:4318"',
  );
  assert.is(examined.code, 1);
});

test(
  'a path that names the signal twice is named when the collector has nothing there',
  withCollector(async collector => {
    const env = { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${collector.url}/v1/logs/v1/logs` };

    const examined = await examine([], { env });

    assert.is(
      the(examined, 'endpoint.path').says,
      'The path names the signal twice: /v1/logs/v1/logs',
    );
    assert.is(the(examined, 'http').says, 'The collector answers HTTP 404');
    assert.is(examined.code, 1);
  }),
);

test('the port of gRPC is named', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317' };

  const examined = await examine(['--no-send'], { env });

  assert.match(the(examined, 'endpoint.port').says, '4317 is the port of gRPC');
});

test('rules that cannot be read are named', async () => {
  const env = { OTEL_REGISTER_RULES: '/no/such/rules.yaml' };

  const examined = await examine(['--no-send'], { env });

  assert.is(the(examined, 'settings.rules').status, 'warning');
});

const PROXY = { HTTP_PROXY: 'http://proxy.example:3128' };
const proxies: readonly (readonly [what: string, Record<string, string>, isNamed: boolean])[] = [
  ['a proxy that is set', PROXY, true],
  ['one in small letters', { http_proxy: PROXY.HTTP_PROXY }, true],
  ['one of TLS alone', { HTTPS_PROXY: PROXY.HTTP_PROXY }, false],
  ['one with an exception', { ...PROXY, NO_PROXY: 'a.example, .invalid' }, false],
  ['one with an exception for all', { ...PROXY, NO_PROXY: '*' }, false],
  ['one with an exception for a port', { ...PROXY, NO_PROXY: 'collector.invalid:1' }, true],
];

for (const [what, env, isNamed] of proxies) {
  test(`${what} is ${isNamed ? '' : 'not '}named when the collector is not reached`, async () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' };

    const examined = await examine([], { env: { ...endpoint, ...env } });

    const named = examined.findings.some(({ id }) => id === 'proxy');
    assert.is(named, isNamed);
    assert.is(examined.code, 1);
  });
}

test('a proxy is no subject where the collector is on this machine', async () => {
  const env = { ...PROXY, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await refusedPort()}` };

  const examined = await examine([], { env });

  assert.not(examined.findings.some(({ id }) => id === 'proxy'));
});

test('the least severity that is sent is said, and does not hold back the probe', () =>
  withCollector(async collector => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'error' };

    const examined = await examine([], { env });

    assert.is(the(examined, 'settings.level').says, 'Records below ERROR are not sent');
    assert.is(collector.records.length, 1);
  })());

/** Whether there is a container around the tests is not the subject. */
function withoutPlace<Report extends { findings: readonly { id: string }[] }>(report: Report) {
  return { ...report, findings: report.findings.filter(({ id }) => id !== 'spool.deaths') };
}

test.run();
