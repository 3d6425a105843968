// How jobs get from the api to a worker: through BullMQ where there is a Redis, else over HTTP. With
// JOBS_VIA=redis, as many teams do it by hand: a hash for each job, a sorted set as queue.
const via = process.env.JOBS_VIA ?? (process.env.REDIS_URL ? 'bullmq' : 'http');

/** `submit(job)` hands a job on, `work(pool, run)` runs each that arrives, and says how to stop. */
export const { submit, work } = await import(`./${via}.js`);
