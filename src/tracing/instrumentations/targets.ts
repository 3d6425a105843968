/** The endings of names: `ioredis` is `@opentelemetry/instrumentation-ioredis`. */
export interface InstrumentationChoice {
  /** `OTEL_NODE_ENABLED_INSTRUMENTATIONS`; undefined: all but those that nobody has by default. */
  readonly enabled: readonly string[] | undefined;
  /** `OTEL_NODE_DISABLED_INSTRUMENTATIONS`, which wins. */
  readonly disabled: readonly string[];
}

export const SCOPE = '@opentelemetry/instrumentation-';

// Not among them: what we do ourselves (http, undici, and records of bunyan, pino and winston); Node's own
// modules (dns, fs, net), which are loaded before anybody asks; and gRPC, which OpenTelemetry's
// exporters load before the program says that it traces by itself.
const BY_PACKAGE: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/middleware-stack': ['aws-sdk'],
  '@aws-sdk/smithy-client': ['aws-sdk'],
  '@cucumber/cucumber': ['cucumber'],
  '@hapi/hapi': ['hapi'],
  '@nestjs/core': ['nestjs-core'],
  '@node-redis/client': ['redis', 'redis-4'],
  '@redis/client': ['redis', 'redis-4'],
  '@smithy/core': ['aws-sdk'],
  '@smithy/middleware-stack': ['aws-sdk'],
  '@smithy/smithy-client': ['aws-sdk'],
  amqplib: ['amqplib'],
  'cassandra-driver': ['cassandra-driver'],
  connect: ['connect'],
  dataloader: ['dataloader'],
  express: ['express'],
  fastify: ['fastify'],
  'generic-pool': ['generic-pool'],
  graphql: ['graphql'],
  ioredis: ['ioredis'],
  kafkajs: ['kafkajs'],
  knex: ['knex'],
  koa: ['koa'],
  'lru-memoizer': ['lru-memoizer'],
  memcached: ['memcached'],
  mongodb: ['mongodb'],
  mongoose: ['mongoose'],
  mysql: ['mysql'],
  mysql2: ['mysql2'],
  openai: ['openai'],
  oracledb: ['oracledb'],
  pg: ['pg'],
  'pg-pool': ['pg'],
  redis: ['redis'],
  restify: ['restify'],
  router: ['router'],
  'socket.io': ['socket.io'],
  tedious: ['tedious'],
};

// As the collection has it.
const OFF_BY_DEFAULT = ['fastify'];

/** What is to be followed, with the instrumentations that do it. */
export function chosenTargets(
  choice: InstrumentationChoice,
): ReadonlyMap<string, readonly string[]> {
  const isChosen = (name: string) => {
    const isEnabled = choice.enabled?.includes(name) ?? !OFF_BY_DEFAULT.includes(name);
    return isEnabled && !choice.disabled.includes(name);
  };
  const targets = new Map<string, readonly string[]>();
  for (const [packageName, names] of Object.entries(BY_PACKAGE)) {
    const chosen = names.filter(isChosen);
    if (chosen.length > 0) targets.set(packageName, chosen);
  }
  return targets;
}
