// The one part that has a logger: winston, as JSON in a file a day.
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import winston from 'winston';
import DailyRotateFile from 'winston-daily-rotate-file';

const logger = winston.createLogger({
  level: 'debug',
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  defaultMeta: { component: 'openai' },
  transports: [
    new DailyRotateFile({
      dirname: process.env.LOG_FOLDER ?? tmpdir(),
      filename: 'openai-%DATE%.log',
      maxFiles: 7,
    }),
  ],
});

export async function askOpenAI({ job_id, model }) {
  logger.info('Request sent', { job_id, model, stream: true });
  await sleep(10);
  logger.debug('First token', { job_id, latency_ms: 9 });
  logger.info('Response complete', { job_id, tokens: { prompt: 812, completion: 96 } });
}
