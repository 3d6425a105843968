// What the viewer's store takes: `node build/bench/viewer.js [records] [file]`. Seconds, not a test.
import { performance } from 'node:perf_hooks';
import { parseFilter } from '../src/viewer/filter/parse-filter.js';
import { openStorage } from '../src/viewer/store/open-storage.js';
import { Store } from '../src/viewer/store/store.js';
import { workload } from '../test/viewer/entries.js';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const BATCH = 500;
const FILTERS = [
  '',
  'severity:>=error',
  'service:worker severity:warn',
  'timeout',
  'job',
  'j',
  'customer severity:error',
  'job -received -timeout',
  '"queue length"',
  'model:flux-dev',
  'job_id:job-1',
  'duration_ms:>9998',
  'duration_ms:>10',
  'timeout duration_ms:<9',
  '-service:api -service:worker -service:webhook -service:gateway',
  'trace:abc',
  'nothing-like-this',
];

const storage = openStorage(process.argv[3]);
const store = new Store(storage, { maxRecords: COUNT, maxBytes: 2 ** 40 });
let addMs = 0;
let addCpuMicros = 0;
let worst = 0;
for (let seed = 0; seed < COUNT / BATCH; seed++) {
  const entries = workload(BATCH, seed);
  const start = performance.now();
  const before = process.cpuUsage();
  store.add(entries);
  const { user, system } = process.cpuUsage(before);
  addCpuMicros += user + system;
  const took = performance.now() - start;
  addMs += took;
  worst = Math.max(worst, took);
}
const bytes = storage.usedBytes([]) / 2 ** 20;
console.log(`${store.kind}: ${store.recordCount} records, ${bytes.toFixed(0)} MiB`);
const each = ((addMs / COUNT) * 1e3).toFixed(1);
const cpu = (addCpuMicros / COUNT).toFixed(1);
console.log(`add: ${each} µs each, ${cpu} µs of CPU, worst batch ${worst.toFixed(0)} ms`);
await time('page', async filter => (await store.find({ filter }, 101)).length);
await time('call sites', async filter => {
  let count = 0;
  await store.each({ filter }, 'newest', (generation, within) => {
    count += generation.sites(within).length;
  });
  return count;
});
await time('histogram', async filter => {
  let count = 0;
  const buckets = { from: 0n, bucketNano: 1_000_000_000n };
  await store.each({ filter, from: 0n }, 'newest', (generation, within) => {
    generation.count(within, buckets, (_, __, n) => {
      count += n;
    });
  });
  return count;
});
await time('facets', async filter => {
  let count = 0;
  await store.each({ filter }, 'newest', (generation, within) => {
    count += generation.origins(within).length;
  });
  return count;
});

async function time(
  name: string,
  ask: (filter: ReturnType<typeof parseFilter>) => Promise<number>,
) {
  for (const source of FILTERS) {
    const filter = parseFilter(source);
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      found = await ask(filter);
      times.push(performance.now() - start);
    }
    console.log(`${name} "${source}": ${found} in ${times.map(ms => ms.toFixed(0)).join(', ')} ms`);
  }
}
