import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../../src/receiver/received-log.js';
import { parseFilter } from '../../../src/viewer/filter/parse-filter.js';
import type { Store } from '../../../src/viewer/store/store.js';
import { entry } from '../entries.js';
import { STORAGES, storeIn } from './storages.js';

const test = suite('viewer/store/store');

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const RECORDS: readonly Partial<ReceivedLog>[] = [
  { body: 'Starting worker', resource: { 'service.name': 'worker', 'emp.pool.name': 'fast-lane' } },
  { body: 'Job received', attributes: { job_id: 'job-17', queue: { length: 3 } } },
  { body: 'Job finished', attributes: { job_id: 'job-18', 'queue.length': 40 }, traceId: TRACE },
  { body: 'Timeout of ComfyUI', severityNumber: 17, severityText: '', spanId: 'aabbccdd00112233' },
  { body: { event: 'paid', amounts: [1, 2] }, severityNumber: 0, severityText: 'Warning' },
  {
    body: '接続がタイムアウトしました',
    attributes: { user: 'Ada Lovelace', tags: ['red', 'blue'], size: '-0.5' },
  },
  {
    body: 'worker_7 CRASHED',
    severityNumber: 21,
    attributes: { size: [1e6, 1e6] },
    resource: { 'host.name': 'gpu-1' },
  },
];

/** What is typed, and the numbers of RECORDS that it finds, newest first. */
const FOUND: readonly (readonly [filter: string, ids: readonly number[]])[] = [
  ['', [7, 6, 5, 4, 3, 2, 1]],
  ['job', [3, 2]],
  ['JOB fin', [3]],
  ['ob', []],
  ['"job received"', [2]],
  ['"received job"', []],
  ['"job rec', [2]],
  ['job -finished', [2]],
  ['-job', [7, 6, 5, 4, 1]],
  ['--- !!', [7, 6, 5, 4, 3, 2, 1]],
  ['17', [2]],
  ['job-17', [2]],
  ['lovelace', [6]],
  ['"Ada Lovelace"', [6]],
  ['タイムアウト', [6]],
  ['トム', []],
  ['7 crashed', [7]],
  ['paid', [5]],
  ['severity:error', [4]],
  ['severity:>=warn', [7, 5, 4]],
  ['severity:>warn', [7, 4]],
  ['severity:<warn', [6, 3, 2, 1]],
  ['severity:<=13', [6, 5, 3, 2, 1]],
  ['-severity:info', [7, 5, 4]],
  ['severity:loud', []],
  ['service:worker', [1]],
  ['service:Worker', [1]],
  ['service:work', []],
  ['-service:worker', [7, 6, 5, 4, 3, 2]],
  ['pool:fast-lane', [1]],
  ['host:gpu-1', [7]],
  ['scope:console', [7, 6, 5, 4, 3, 2, 1]],
  [`trace:${TRACE}`, [3]],
  ['trace:4BF92F', [3]],
  ['-trace:4bf9', [7, 6, 5, 4, 2, 1]],
  ['span:aabb', [4]],
  ['job_id:job-17', [2]],
  ['job_id:job', []],
  ['-job_id:job-17', [7, 6, 5, 4, 3, 1]],
  ['queue.length:3', [2]],
  ['queue.length:>3', [3]],
  ['queue.length:<=40', [3, 2]],
  ['-queue.length:>3', [7, 6, 5, 4, 2, 1]],
  ['job_id:*', [3, 2]],
  ['job_id:>5', []],
  ['QUEUE.length:>3', [3]],
  ['size:<0', [6]],
  ['size:>=1000000', [7]],
  ['job queue.length:<5', [2]],
  ['user:"ada lovelace"', [6]],
  ['user:ada', []],
  ['tags:blue', [6]],
  ['unknown:1', []],
  ['job severity:info queue.length:3 -finished', [2]],
];

for (const [kind, open] of STORAGES) {
  for (const [filter, ids] of FOUND) {
    test(`${kind}: "${filter}" finds ${ids.length > 0 ? ids : 'nothing'}`, async () => {
      const store = filled(storeIn(open()));

      assert.equal(await find(store, filter), ids);
    });
  }

  test(`${kind}: what is found can be cut by ids, by time and by number`, async () => {
    const store = storeIn(open());
    store.add([5n, 1n, 3n, 4n, 2n].map(timeUnixNano => entry({ timeUnixNano })));
    const all = { filter: [] };

    assert.equal(ids(await store.find({ ...all, beforeId: 3 }, 10)), [2, 1]);
    assert.equal(ids(await store.find({ ...all, afterId: 3 }, 10)), [5, 4]);
    assert.equal(ids(await store.find({ ...all, from: 2n, to: 4n }, 10)), [5, 3]);
    assert.equal(ids(await store.find(all, 2)), [5, 4]);
    assert.equal(ids(await store.find(all, 2, 'oldest')), [1, 2]);
    assert.equal(store.timeRange(), { from: 1n, to: 5n });
  });

  test(`${kind}: a record comes back as it was sent`, () => {
    const store = filled(storeIn(open()));
    const { searchText, site, numbers, uid, ...sent } = entry(RECORDS[5]);

    const {
      searchText: _,
      site: __,
      numbers: ___,
      uid: ____,
      ...kept
    } = {
      ...{ searchText, site, numbers, uid },
      ...store.get(6)!,
    };
    assert.equal(kept, { ...sent, id: 6 });
    assert.is(store.get(8), undefined);
    assert.is(store.get(0), undefined);
  });

  test(`${kind}: text with a NUL or half a character comes back whole`, () => {
    const store = storeIn(open());
    const text = 'a\0b\ud800c';
    const resource = { 'service.name': text };

    store.add([entry({ body: text, attributes: { [text]: text }, severityText: text, resource })]);

    const { body, severityText, origin, attributes } = store.get(1)!;
    assert.equal([body, severityText, origin.service], Array(3).fill('a␀b\ufffdc'));
    assert.equal(JSON.parse(attributes), { [text]: text });
  });

  test(`${kind}: clearing leaves nothing, and no id is given twice`, async () => {
    const store = filled(storeIn(open()));

    store.clear();

    assert.is(store.recordCount, 0);
    assert.equal(await find(store, ''), []);
    assert.is(store.timeRange(), undefined);
    assert.is(store.get(7), undefined);
    store.add([entry()]);
    assert.equal(await find(store, ''), [8]);
    assert.is(store.recordCount, 1);
  });
}

function filled(store: Store): Store {
  store.add(RECORDS.map(entry));
  return store;
}

async function find(store: Store, filter: string): Promise<number[]> {
  return ids(await store.find({ filter: parseFilter(filter) }, 100));
}

function ids(found: readonly { id: number }[]): number[] {
  return found.map(({ id }) => id);
}

test.run();
