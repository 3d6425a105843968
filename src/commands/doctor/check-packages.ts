import { type Finding, ok, warning } from './finding.js';
import { type Copy, findCopies } from './packages.js';
import { manifestAbove } from './preloads.js';
import type { Surroundings } from './surroundings.js';

/** By what a program traces: when it depends on one of these, it most likely does. */
const TRACERS = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/sdk-trace-node',
  '@vercel/otel',
  '@sentry/node',
  '@hyperdx/node-opentelemetry',
  '@azure/monitor-opentelemetry',
  'applicationinsights',
  'dd-trace',
  'newrelic',
  'elastic-apm-node',
];
const LOGGERS = ['winston', 'pino', 'bunyan'];
/** Of these, all copies in a program have to be of one major version to understand each other. */
const OF_ONE_MAJOR = [
  '@opentelemetry/core',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-metrics',
];
const API = '@opentelemetry/api';

/** What of others' is installed around the program, as far as it matters to records. */
export function checkPackages(surroundings: Surroundings): Finding[] {
  const isWanted = (name: string) =>
    name.startsWith('@opentelemetry/') || TRACERS.includes(name) || LOGGERS.includes(name);
  const copies = findCopies(surroundings.folder, isWanted);
  return [...mixed(copies), ...owner(copies, surroundings), ...loggers(copies)];
}

function mixed(copies: readonly Copy[]): Finding[] {
  const findings: Finding[] = [];
  const apis = versionsOf(copies, API);
  if (new Set(apis.map(minor)).size > 1) {
    findings.push(
      warning('packages.api', `${API} is there in ${apis.length} versions: ${apis.join(', ')}`, {
        means:
          'A copy cannot register with another that was first: spans, and their ids on records, get lost.',
        todo: `Let the program and its dependencies share one: npm dedupe, or "overrides".`,
      }),
    );
  }
  const several = OF_ONE_MAJOR.filter(
    name => new Set(versionsOf(copies, name).map(major)).size > 1,
  );
  if (several.length > 0) {
    const list = several.map(name => `${name} ${versionsOf(copies, name).join(' and ')}`);
    findings.push(
      warning('packages.mixed', `OpenTelemetry is there in mixed versions: ${list.join(', ')}`, {
        means: 'Parts of different major versions do not work with each other.',
        todo: 'Update those packages together.',
      }),
    );
  }
  return findings;
}

function owner(copies: readonly Copy[], { folder, config }: Surroundings): Finding[] {
  const { dependencies = {} } = manifestAbove(folder) ?? {};
  const tracer = TRACERS.find(name => Object.hasOwn(dependencies, name));
  const copy = copies.find(({ name }) => name === tracer);
  if (tracer !== undefined) {
    const says = `The program traces by itself, with ${tracer}${copy ? ` ${copy.version}` : ''}`;
    return [
      ok('packages.tracing', says, {
        means: 'Once it has registered, records carry the ids of its spans, and we make none.',
      }),
    ];
  }
  const says =
    config.traces === undefined
      ? 'The program depends on no tracer, and ours is off: no spans are made'
      : 'The program depends on no tracer: spans are made by the preload';
  return [ok('packages.tracing', says)];
}

function loggers(copies: readonly Copy[]): Finding[] {
  const list = LOGGERS.flatMap(name => {
    const versions = versionsOf(copies, name);
    return versions.length > 0 ? [`${name} ${versions.join(' and ')}`] : [];
  });
  return list.length > 0 ? [ok('packages.loggers', `Loggers: ${list.join(', ')}`)] : [];
}

function versionsOf(copies: readonly Copy[], name: string): string[] {
  const versions = copies.filter(copy => copy.name === name).map(({ version }) => version);
  return [...new Set(versions)].sort();
}

function major(version: string): string {
  return version.split('.', 1)[0]!;
}

function minor(version: string): string {
  return version.split('.', 2).join('.');
}
