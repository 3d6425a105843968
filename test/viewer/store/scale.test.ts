import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFilter } from '../../../src/viewer/filter/parse-filter.js';
import type { Store } from '../../../src/viewer/store/store.js';
import { workload } from '../entries.js';
import { STORAGES, storeIn } from './storages.js';

const test = suite('viewer/store/scale');

const BATCH = 500;
const FEW = 10_000;
const MANY = 100_000;

/** Questions whose first page should not depend on how much there is. */
const FILTERS = [
  '',
  'job',
  'severity:>=error',
  'service:worker severity:warn',
  'timeout',
  'job_id:*',
];

for (const [kind, open] of STORAGES) {
  test(`${kind}: the first page of ${MANY} records takes about as long as that of ${FEW}`, async () => {
    const store = storeIn(open());
    fill(store, 0, FEW);
    const few = await slowest(store);
    fill(store, FEW, MANY);

    const many = await slowest(store);

    // Ten times as many: whatever looks at each record takes ten times as long.
    assert.ok(many < 3 * few + 5, `${many.toFixed(1)} ms of ${MANY}, ${few.toFixed(1)} of ${FEW}`);
    assert.is(store.recordCount, MANY);
  });

  test(`${kind}: a question lets others work before it is answered`, async () => {
    const store = storeIn(open(), { maxRecords: 20_000 });
    fill(store, 0, 20_000);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);

    await store.find({ filter: parseFilter('nothing duration_ms:>99999') }, 100);
    await store.each({ filter: [] }, 'newest', (generation, within) => generation.sites(within));

    isDone = true;
    assert.ok(turns >= 20, `${turns} turns`);
  });
}

function fill(store: Store, from: number, to: number): void {
  for (let at = from; at < to; at += BATCH) store.add(workload(BATCH, at / BATCH));
}

/** The best of some tries, of the filter that takes longest. */
async function slowest(store: Store): Promise<number> {
  const times: number[] = [];
  for (const source of FILTERS) {
    const filter = parseFilter(source);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 7; round++) {
      const start = performance.now();
      assert.is((await store.find({ filter }, 51)).length, 51, source);
      best = Math.min(best, performance.now() - start);
    }
    times.push(best);
  }
  return Math.max(...times);
}

test.run();
