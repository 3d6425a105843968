import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ACCEPTED, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/exporter-rings');

test('the ring of a thread that has ended is drained, and then given up', async () => {
  const bench = new ExporterBench();
  const end = new SharedArrayBuffer(4);
  const { pipeline, ring } = bench.createPipeline();
  bench.exporter.addRings([{ ringId: 1, ring, ends: [end] }]);
  write(pipeline, 'last words');
  Atomics.store(new Int32Array(end), 0, 1);

  const attempt = await bench.nextAttempt();
  attempt.end(ACCEPTED);
  await turn();
  // An ended thread writes nothing: this only shows that nobody reads any more.
  write(pipeline, 'from nobody');
  await turn();

  assert.equal(attempt.bodies, ['last words']);
  assert.is(bench.hasAttempt(), false);
});

test('the ring of a thread that has not ended is read on', async () => {
  const bench = new ExporterBench();
  const { pipeline, ring } = bench.createPipeline();
  bench.exporter.addRings([{ ringId: 1, ring, ends: [new SharedArrayBuffer(4)] }]);
  const bodies: unknown[] = [];

  for (const body of ['first', 'second']) {
    write(pipeline, body);
    const attempt = await bench.nextAttempt();
    bodies.push(...attempt.bodies);
    attempt.end(ACCEPTED);
    await turn();
  }

  assert.equal(bodies, ['first', 'second']);
});

test.run();
