/** Real packages of one kind of tracing, and the programs of test/fixtures/coexistence it takes. */
export interface Setup {
  readonly title: string;
  readonly packages: Readonly<Record<string, string>>;
  /** Required by the program; else `preload` does it all. */
  readonly tracing: string;
  /** Node's flags that start it, in place of the program's own `require`. */
  readonly preload?: string;
  /** What it sends its spans by. */
  readonly sendsTo: 'otlp' | 'sentry' | 'datadog';
  /**
   * Whether it registers with @opentelemetry/api: then records have the ids of its spans, and none of
   * ours are made.
   */
  readonly hasIds: boolean;
}

const sdk = (version: string, api: string, line: string): Setup => ({
  title: `sdk-node ${version} (${line}), api ${api}`,
  packages: {
    '@opentelemetry/api': api,
    '@opentelemetry/instrumentation-http': version,
    '@opentelemetry/sdk-node': version,
  },
  tracing: './sdk.cjs',
  sendsTo: 'otlp',
  hasIds: true,
});

const auto = (version: string, api: string, sdkVersion: string): Setup => ({
  title: `auto-instrumentations-node/register ${version} (sdk-node ${sdkVersion}), api ${api}`,
  packages: {
    '@opentelemetry/api': api,
    '@opentelemetry/auto-instrumentations-node': version,
  },
  tracing: './api.cjs',
  preload: '@opentelemetry/auto-instrumentations-node/register',
  sendsTo: 'otlp',
  hasIds: true,
});

/** By the name of the folder that the packages are installed in. */
export const SETUPS: Readonly<Record<string, Setup>> = {
  'sdk-0.53': sdk('0.53.0', '1.9.0', '1.x'),
  'sdk-0.57': sdk('0.57.2', '1.9.0', '1.x'),
  'sdk-0.205': sdk('0.205.0', '1.9.0', '2.x'),
  'sdk-0.223': sdk('0.223.0', '1.9.1', '2.x'),
  'sdk-0.301': sdk('0.301.0', '1.10.0', '3.x'),
  'auto-0.50': auto('0.50.2', '1.9.0', '0.53'),
  'auto-0.64': auto('0.64.1', '1.9.0', '0.205'),
  'auto-0.82': auto('0.82.0', '1.10.0', '0.300'),
  'sentry-8': sentry('8.55.0', true),
  'sentry-10': sentry('10.78.0', true),
  'sentry-11': sentry('11.12.0', false),
  'datadog-6': {
    title: 'dd-trace 6.21.0',
    packages: { 'dd-trace': '6.21.0' },
    tracing: './datadog.cjs',
    sendsTo: 'datadog',
    hasIds: false,
  },
};

/** The collection and what it instruments, installed in a program that starts nothing by itself. */
export const COLLECTIONS: Readonly<Record<string, Pick<Setup, 'title' | 'packages'>>> = {
  'collection-0.64': collection('0.64.1', '1.9.0'),
  'collection-0.82': collection('0.82.0', '1.10.0'),
};

function collection(version: string, api: string): Pick<Setup, 'title' | 'packages'> {
  return {
    title: `auto-instrumentations-node ${version}`,
    packages: {
      '@opentelemetry/api': api,
      '@opentelemetry/auto-instrumentations-node': version,
      express: '5.1.0',
      ioredis: '5.8.2',
    },
  };
}

// Before version 11 it traced by means of OpenTelemetry.
function sentry(version: string, hasIds: boolean): Setup {
  return {
    title: `@sentry/node ${version}`,
    packages: { '@sentry/node': version },
    tracing: './sentry.cjs',
    sendsTo: 'sentry',
    hasIds,
  };
}
