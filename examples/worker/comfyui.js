import { setTimeout as sleep } from 'node:timers/promises';

const models = {
  'flux-dev': { size: '23.8 GB', loaded: true },
  'sdxl-turbo': { size: '6.9 GB', loaded: true },
  'wan-2.1': { size: '32.1 GB', loaded: false },
};

export async function runOnComfyUI({ job_id, model: name }, events) {
  const model = models[name];
  if (model === undefined) throw new Error(`Model ${name} is not on this machine`);
  // As so often: what is only for debugging, at the level of information.
  console.info(`comfyui: queueing prompt of job ${job_id}`);
  if (!model.loaded) {
    console.warn('Cold model, loading from disk', { job_id, model: name, size: model.size });
    await sleep(20);
    model.loaded = true;
  }
  for (const percent of [50, 100]) {
    await sleep(5);
    console.log('Job %s: %d%% done', job_id, percent);
    events.send('job.progress', { job_id, percent });
  }
}
