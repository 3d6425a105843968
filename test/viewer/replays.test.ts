import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Entry } from '../../src/viewer/entry.js';
import { Replays } from '../../src/viewer/replays.js';
import { createMemoryStorage } from '../../src/viewer/store/memory-storage.js';
import { Writer } from '../../src/viewer/writer.js';
import { entry } from './entries.js';
import { STORAGES, storeIn } from './store/storages.js';

const test = suite('viewer/replays');

function withUid(uid: unknown, body = 'once'): Entry {
  return entry({ body, attributes: { 'log.record.uid': uid as string } });
}

function createWriter(replays = new Replays(), store = storeIn(createMemoryStorage())) {
  const shown: string[] = [];
  const writer = new Writer({ store, replays }, entries =>
    shown.push(...entries.map(({ body }) => body)),
  );
  const deliver = (...entries: Entry[]) => writer.deliver({ entries, spans: [], metricCount: 0 });
  return { store, shown, deliver };
}

test('a record that comes again with the same uid is kept and shown once', async () => {
  const { store, shown, deliver } = createWriter();

  await deliver(withUid('a-0-1'), withUid('a-0-2', 'another'));
  await deliver(withUid('a-0-1'), withUid('a-0-3', 'new'));
  await Promise.all([deliver(withUid('a-0-4', 'last')), deliver(withUid('a-0-4', 'last'))]);

  assert.equal(shown, ['once', 'another', 'new', 'last']);
  assert.is(store.recordCount, 4);
});

test('records without a uid are all kept, however much alike', async () => {
  const { store, deliver } = createWriter();

  await deliver(entry({ body: 'same' }), entry({ body: 'same' }));
  await deliver(withUid(''), withUid(''), withUid(7), withUid(7), withUid('x'.repeat(200)));
  await deliver(withUid('x'.repeat(200)));

  assert.is(store.recordCount, 8);
});

test('what could not be kept is kept when it comes again', async () => {
  const { store, deliver } = createWriter();
  const { add } = store;
  store.add = () => {
    throw new Error('the disk is full');
  };
  await deliver(withUid('a-0-1')).catch(() => {});
  store.add = add;

  await deliver(withUid('a-0-1'));

  assert.is(store.recordCount, 1);
});

test('what came 100,000 records ago is forgotten, and nothing of the newer ones', async () => {
  const { store, deliver } = createWriter();
  const many = Array.from({ length: 100_001 }, (_, n) => withUid(`a-0-${n}`));
  await deliver(...many);

  await deliver(...many.slice(1));

  assert.is(store.recordCount, 100_001);
  await deliver(many[0]!);
  assert.is(store.recordCount, 100_002);
});

for (const [kind, open] of STORAGES) {
  test(`what ${kind} holds from before is known, up to 100,000 of the newest`, async () => {
    const { store, deliver } = createWriter(new Replays(), storeIn(open()));
    const many = Array.from({ length: 100_001 }, (_, n) => withUid(`a-0-${n}`));
    await deliver(...many, entry({ body: 'without' }), withUid(7));
    const replays = new Replays();
    await replays.recall(store);

    const later = createWriter(replays, store);
    await later.deliver(...many.slice(1), withUid('a-0-new', 'new'));

    assert.equal(later.shown, ['new']);
  });
}

test.run();
