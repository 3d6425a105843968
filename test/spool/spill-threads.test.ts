import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordList } from '../../src/pipeline/record-list.js';
import { createRingBuffer } from '../../src/pipeline/ring.js';
import { Orphan } from '../../src/spool/orphan.js';
import { spillRings } from '../../src/spool/spill.js';
import { STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/spill-threads');

const RING_MODULE = new URL('../../src/pipeline/ring.js', import.meta.url).href;
const SPILLS = 40;

// Writes frames of random sizes, each filled with a byte that follows from its number, into a ring that
// is full, and takes out as much, as an exporter thread does that lives after all. In bursts: at full
// speed, all that a spill has begun to copy would be taken before it is done.
const BUSY = `
  const { workerData: { ring, stop }, parentPort } = require('node:worker_threads');
  import(${JSON.stringify(RING_MODULE)}).then(({ RingReader, RingWriter }) => {
    const writer = new RingWriter(ring);
    const reader = new RingReader(ring);
    let random = 12345;
    for (let i = 0; Atomics.load(stop, 0) === 0; i++) {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      const length = 8 + (random >>> 8) % 3000;
      if (i % 64 === 0) Atomics.wait(stop, 0, 0, 1);
      let offset;
      while ((offset = writer.reserve(length)) < 0) reader.release(reader.nextFrameBytes());
      writer.bytes.fill(i & 0xff, offset, offset + length);
      writer.bytes.writeUInt32LE(i, offset);
      writer.bytes.writeUInt32LE(length, offset + 4);
      writer.commit(length, 1, 9, 1);
      if (i === 2_000) parentPort.postMessage('busy');
    }
  });`;

test('what is spilled while others write and read is whole, and in a row', async () => {
  const ring = createRingBuffer(2 ** 20);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(BUSY, { eval: true, workerData: { ring, stop } });
  await once(worker, 'message');
  const path = join(temporaryFolder(), `${STEM}.0`);
  let found = 0;
  try {
    for (let i = 0; i < SPILLS; i++) {
      const rings = [{ ringId: 0, ring }];
      spillRings({ path, rings, scopes: Buffer.alloc(0), prepare: () => {} });
      found += checkedRecords(path);
      rmSync(path, { recursive: true, force: true });
    }
  } finally {
    Atomics.store(stop, 0, 1);
    await once(worker, 'exit');
  }

  assert.ok(found > SPILLS * 10, `${found} records in ${SPILLS} spills`);
});

/** @returns How many there are. */
function checkedRecords(path: string): number {
  const orphan = new Orphan(path, `${STEM}.0`);
  const records = new RecordList();
  orphan.take(records, Infinity, Infinity);
  orphan.close();
  let expected: number | undefined;
  for (let i = 0; i < records.count; i++) {
    const payload = records.page(i).subarray(records.starts[i], records.ends[i]);
    const number = payload.readUInt32LE(0);
    assert.is(number, expected ?? number);
    assert.is(payload.readUInt32LE(4), payload.length, `length of ${number}`);
    assert.ok(
      payload.subarray(8).every(byte => byte === (number & 0xff)),
      `frame ${number}`,
    );
    expected = number + 1;
  }
  assert.is(orphan.setAside, 0, 'damaged');
  return records.count;
}

test.run();
