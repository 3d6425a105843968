import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import { CONTROL_SLOTS } from '../../src/pipeline/protocol.js';
import { createRingBuffer, RingReader } from '../../src/pipeline/ring.js';
import { ERROR, INFO } from '../../src/severity.js';
import { Orphan } from '../../src/spool/orphan.js';
import { WriteThrough } from '../../src/spool/write-through.js';
import { takeChunk } from '../helpers/frames.js';
import { logRecord } from '../helpers/log-records.js';
import { readAllRecords, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/write-through-scopes');

/** A frame has 16 bits for the id of a scope. */
const IDS = 65_535;

test('a scope whose id meant another one before is written anew', () => {
  const folder = temporaryFolder();
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const to = new WriteThrough({
    control: new Int32Array(control),
    stream: 0,
    maxSpoolBytes: 2 ** 28,
    place: () => ({ folder, stem: STEM }),
    prepare: () => {},
  });
  const ring = createRingBuffer(65_536);
  const reader = new RingReader(ring);
  const pipeline = new Pipeline({
    control,
    ring,
    through: { severity: ERROR, to },
    start: () => {},
  });
  const log = (name: string, severityNumber: number) =>
    pipeline.write(logRecord({ scope: { name }, severityNumber }));

  log('first', ERROR);
  for (let i = 1; i < IDS; i++) {
    log('another', INFO);
    if (i % 100 === 0) takeChunk(reader, 65_536);
  }
  log('with the id of the first', ERROR);
  log('second', ERROR);

  const scopes = readAllRecords(new Orphan(join(folder, `${STEM}.0`), 'id')).map(
    ({ scope }) => /first|second|with.*first/.exec(scope)?.[0],
  );
  assert.equal(scopes, ['first', 'with the id of the first', 'second']);
});

test.run();
