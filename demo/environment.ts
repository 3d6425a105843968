import { join } from 'node:path';
import type { DemoRedis } from './redis.js';

// What would lead the records elsewhere, or name the services; settings of the preload stay, to be
// tried out.
const UNWANTED = /^(OTEL_(?!REGISTER_)|NODE_OPTIONS$|LOG_LEVEL$|REDIS_URL$|JOBS_VIA$)/;

/** Of all services: ours, and what is written for them is written in a folder that goes with us. */
export function servicesEnvironment(
  receiverUrl: string,
  folder: string,
  redis: DemoRedis | undefined,
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name));
  return {
    OTEL_REGISTER_RULES: 'context-ids',
    ...Object.fromEntries(kept),
    OTEL_EXPORTER_OTLP_ENDPOINT: receiverUrl,
    OTEL_REGISTER_SPOOL_DIR: join(folder, 'spool'),
    LOG_FOLDER: folder,
    ...(redis && { REDIS_URL: redis.url, QUEUE_PREFIX: redis.prefix }),
  };
}
