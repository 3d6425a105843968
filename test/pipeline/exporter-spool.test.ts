import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExporterSpool } from '../../src/pipeline/exporter-options.js';
import { ACCEPTED, ExporterBench, turn, write } from '../helpers/exporter-bench.js';
import { ownSpool, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('pipeline/exporter-spool');

/** An exporter with a spool, and what happens just before something is done with that. */
function create(before: Partial<Record<keyof ExporterSpool, () => void>>) {
  const folder = temporaryFolder();
  const own = ownSpool(folder);
  const spool = new Proxy<ExporterSpool>(own, {
    get(_target, name: keyof ExporterSpool) {
      before[name]?.();
      const value = own[name];
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
  return { bench: new ExporterBench({ spool }), folder };
}

test('when all is delivered at the end, nothing is left', async () => {
  const { bench, folder } = create({});
  write(bench.addPipeline(), 1);
  const ticket = bench.requestFlush(true);
  (await bench.nextAttempt()).end(ACCEPTED);
  await bench.flushed(ticket);

  assert.equal(readdirSync(folder), []);
});

test('what is logged as the folder is removed is on disk before the end is told', async () => {
  let ticket = 0;
  const appendedAfterEnd: boolean[] = [];
  const { bench, folder } = create({
    remove: () => write(late, 2),
    append: () => appendedAfterEnd.push(bench.isFlushed(ticket)),
  });
  const late = bench.addPipeline(1);
  await turn();
  write(bench.addPipeline(), 1);
  ticket = bench.requestFlush(true);
  (await bench.nextAttempt()).end(ACCEPTED);
  await bench.flushed(ticket);
  await turn();

  assert.equal(appendedAfterEnd, [false, false]);
  assert.equal(readdirSync(folder), [`${STEM}.1`]);
});

test.run();
