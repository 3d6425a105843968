import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Span } from '../../../src/viewer/span.js';
import { entry, workload } from '../entries.js';
import { STORAGES, storeIn } from './storages.js';

const test = suite('viewer/store/retention');

const MIB = 1024 * 1024;
const ALL = { filter: [] };

for (const [kind, open] of STORAGES) {
  test(`${kind}: the newest records stay, exactly as many as may`, async () => {
    const store = storeIn(open(), { maxRecords: 250 });

    for (let seed = 0; seed < 7; seed++) store.add(workload(90, seed));

    const found = await store.find(ALL, 1000);
    assert.is(found.length, 250);
    assert.is(found[0]!.id, 630);
    assert.is(found.at(-1)!.id, 381);
    assert.is(store.recordCount, 250);
    assert.is(store.droppedByRetention, 380);
    assert.is(store.get(380), undefined);
    assert.ok(store.get(381));
  });

  test(`${kind}: what was dropped is in no count either`, async () => {
    const store = storeIn(open(), { maxRecords: 250 });
    for (let seed = 0; seed < 7; seed++) store.add(workload(90, seed));
    const counted = { sites: 0, origins: 0, bucketed: 0 };

    await store.each({ ...ALL, from: 0n }, 'newest', (generation, within) => {
      for (const { count } of generation.sites(within)) counted.sites += count;
      for (const { count } of generation.origins(within)) counted.origins += count;
      generation.count(within, { from: 0n, bucketNano: 1_000_000n }, (_, __, count) => {
        counted.bucketed += count;
      });
    });

    assert.equal(counted, { sites: 250, origins: 250, bucketed: 250 });
  });

  test(`${kind}: one batch larger than all that may stay leaves its newest`, async () => {
    const store = storeIn(open(), { maxRecords: 10 });

    store.add(workload(1000, 1));

    const found = await store.find(ALL, 100);
    assert.equal([found.length, found[0]!.id, found[9]!.id], [10, 1000, 991]);
  });

  test(`${kind}: no more bytes are taken than may be, and the oldest goes`, async () => {
    const storage = open();
    const store = storeIn(storage, { maxBytes: 16 * MIB });
    const big = 'x y z '.repeat(10_000);
    const firstIds: number[] = [];

    for (let batch = 0; batch < 60; batch++) {
      store.add(Array.from({ length: 20 }, () => entry({ body: big })));
      firstIds.push((await store.find(ALL, 1, 'oldest'))[0]!.id);
    }

    assert.ok(store.droppedByRetention > 500, `${store.droppedByRetention} dropped`);
    assert.is(store.recordCount + store.droppedByRetention, 1200);
    assert.ok(store.recordCount > 50, `${store.recordCount} left`);
    assert.is((await store.find(ALL, 1))[0]!.id, 1200);
    assert.equal(
      firstIds,
      [...firstIds].sort((a, b) => a - b),
    );
  });

  test(`${kind}: of spans the newest stay, too`, () => {
    const store = storeIn(open(), { maxRecords: 3 });

    store.add([], ['a', 'b', 'a', 'c', 'a'].map(span));

    assert.is(store.spanCount, 3);
    assert.equal(
      store.spansOf('a', 10).map(({ name }) => name),
      ['2', '4'],
    );
    assert.equal(store.spansOf('a', 1).length, 1);
    assert.equal(store.spansOf('b', 10), []);
    assert.equal(store.spansOf('c', 10), [span('c', 3)]);
    store.clear();
    assert.is(store.spanCount, 0);
    assert.equal(store.spansOf('a', 10), []);
  });
}

function span(traceId: string, index: number): Span {
  return {
    traceId,
    spanId: '00f067aa0ba902b7',
    parentSpanId: index === 0 ? null : '00f067aa0ba902b8',
    name: String(index),
    kind: 2,
    startUnixNano: '18446744073709551615',
    endUnixNano: '2',
    statusCode: 0,
    service: 'worker',
    attributes: '{}',
  };
}

test.run();
