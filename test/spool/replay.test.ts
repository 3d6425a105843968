import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OVERFLOW_STREAM } from '../../src/pipeline/protocol.js';
import { createRingBuffer, RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { Replay } from '../../src/spool/replay.js';
import { writeFrame } from '../helpers/frames.js';
import { entry, ownSpool, readAllRecords, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/replay');

const STREAM = 3;

/** A ring whose first record was taken, whose second was not, and whose third had no room. */
function createRing(): SharedArrayBuffer {
  const ring = createRingBuffer(128);
  const [writer, reader] = [new RingWriter(ring), new RingReader(ring)];
  writeFrame(writer, Buffer.from('1'));
  writeFrame(writer, Buffer.from('2'));
  writer.countOverflowed();
  reader.release(reader.nextFrameBytes());
  return ring;
}

function takeOver(folder: string) {
  const ring = createRing();
  const replay = new Replay({
    folder,
    ownStem: STEM,
    claimer: '00000000-0000-4000-8000-00000000000c',
    maxAgeMs: 86_400_000,
    maxBytes: 2 ** 28,
    onFound: () => {},
  });
  replay.takeOver(`${STEM}.0`, [{ ringId: STREAM, ring }]);
  return { replay, reader: new RingReader(ring) };
}

test('of what an exporter thread left, what is still in a ring is not replayed', () => {
  const folder = temporaryFolder();
  ownSpool(folder).append(entry(['1', '2'], { stream: STREAM }));
  const through = [
    entry(['2'], { stream: STREAM, position: 16 }),
    entry(['3'], { stream: STREAM + OVERFLOW_STREAM, position: 0 }),
  ];
  writeFileSync(join(folder, `${STEM}.0`, `${STREAM}.through`), Buffer.concat(through));
  const { replay, reader } = takeOver(folder);

  assert.equal(
    readAllRecords(replay.current!).map(({ text }) => text),
    ['1', '3'],
  );
  assert.equal(reader.unreadOverflow(), { from: 1, to: 1 });
});

test('what had no room in a ring and was in a folder that is gone is not taken for replayed', () => {
  const { replay, reader } = takeOver(temporaryFolder());

  assert.is(replay.current, undefined);
  assert.equal(reader.unreadOverflow(), { from: 0, to: 1 });
});

test.run();
