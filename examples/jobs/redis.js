import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const IDLE_MS = 20;
const CONCURRENCY = 8;

const redis = new Redis(process.env.REDIS_URL);

export async function submit(job) {
  await redis.hset(`job:${job.job_id}`, { payload: JSON.stringify(job), status: 'queued' });
  await redis.zadd(`jobs:${job.pool}`, Date.now(), job.job_id);
  await redis.publish('job.events', JSON.stringify({ type: 'job.queued', job_id: job.job_id }));
}

export function work(pool, run) {
  let isStopped = false;
  const loops = Array.from({ length: CONCURRENCY }, () => poll());
  return async () => {
    isStopped = true;
    await Promise.all(loops);
    await redis.quit();
  };

  async function poll() {
    while (!isStopped) {
      const [jobId] = await redis.zpopmin(`jobs:${pool}`);
      if (jobId === undefined) {
        await sleep(IDLE_MS);
        continue;
      }
      const { payload } = await redis.hgetall(`job:${jobId}`);
      await run(JSON.parse(payload));
      await redis.hset(`job:${jobId}`, { status: 'done' });
    }
  }
}
