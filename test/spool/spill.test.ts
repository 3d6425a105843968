import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { Orphan } from '../../src/spool/orphan.js';
import { spillRings } from '../../src/spool/spill.js';
import { writeFrame } from '../helpers/frames.js';
import { entry, readAllRecords, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/spill');

const NO_SCOPES = Buffer.alloc(0);

/** A ring in which a writer and a reader have got so far. */
function ringWith(written: readonly string[], read = 0): SharedArrayBuffer {
  const ring = createRingBuffer(128);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  written.forEach((text, i) => {
    writeFrame(writer, Buffer.from(text));
    if (i < read) reader.release(reader.nextFrameBytes());
  });
  return ring;
}

function spill(rings: readonly SharedArrayBuffer[], scopes = NO_SCOPES) {
  const path = join(temporaryFolder(), `${STEM}.0`);
  const announced = rings.map((ring, ringId) => ({ ringId, ring }));
  const again = () => spillRings({ path, rings: announced, scopes, prepare: () => {} });
  again();
  return { path, again, records: () => readAllRecords(new Orphan(path, `${STEM}.0`)) };
}

test('what the rings still hold is left, each ring with its number and positions', () => {
  const { records } = spill([ringWith(['1', '2', '3'], 1), ringWith(['4'])]);

  assert.equal(
    records().map(({ text, stream, position }) => [text, stream, position]),
    [
      ['2', 0, 16],
      ['3', 0, 32],
      ['4', 1, 0],
    ],
  );
});

test('what goes on at the beginning of the ring is left, too', () => {
  const texts = Array.from({ length: 11 }, (_, i) => `record ${i}`);
  const { records } = spill([ringWith(texts, 8)]);

  assert.equal(
    records().map(({ text }) => text),
    texts.slice(8),
  );
});

test('what was written through is there once', () => {
  const { path, records } = spill([ringWith(['1', '2'])]);
  writeFileSync(join(path, '0.through'), entry(['2'], { position: 16 }));

  assert.equal(
    records().map(({ text }) => text),
    ['1', '2'],
  );
});

test('a scope that was defined earlier is known', () => {
  const { records } = spill([ringWith(['1'])], entry([], { scope: 'scope', position: -1 }));

  assert.is(records()[0]!.scope, 'scope');
});

test('without anything in a ring there is no folder', () => {
  const { path } = spill([ringWith(['1'], 1)]);

  assert.equal(readdirSync(join(path, '..')), []);
});

test('spilled once more, what is there is there once', () => {
  const { again, records } = spill([ringWith(['1', '2'])]);
  again();

  assert.is(records().length, 2);
});

test('nowhere to put it is no reason to throw', () => {
  const ring = createRingBuffer(128);
  writeFrame(new RingWriter(ring), Buffer.from('1'));
  const path = join(process.execPath, 'below a file');

  spillRings({ path, rings: [{ ringId: 0, ring }], scopes: NO_SCOPES, prepare: () => {} });
});

test.run();
