import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SUDDEN_ENDINGS } from './endings.js';
import { type CellResult, cellsOf, runMatrix } from './matrix.js';
import { isAllThere, where } from './verdict.js';

const test = suite('durability/matrix-sudden');

let results: readonly CellResult[] = [];
test.before(async () => {
  results = await runMatrix(SUDDEN_ENDINGS);
});

for (const ending of SUDDEN_ENDINGS) {
  const { name } = ending;

  test(`after ${name} every ERROR record arrives, however the collector was`, () => {
    for (const cell of cellsOf(results, ending)) {
      const { severe, invented } = cell.inTheEnd;

      assert.ok(severe.logged > 0 && isAllThere(severe), where(cell));
      assert.is(invented, 0, where(cell));
      assert.is(cell.setAsideFiles, 0, where(cell));
    }
  });

  // The exporter thread takes what is lower within some 10 ms.
  test(`after ${name} lower records are lost of the last moment alone`, () => {
    for (const cell of cellsOf(results, ending)) {
      const phases = [...cell.inTheEnd.lostPhases];
      assert.ok(
        phases.every(phase => phase === 'last' && !ending.hasTimeToDrain),
        where(cell),
      );
    }
  });

  test(`after ${name} run delivers what is on disk to a healthy collector`, () => {
    for (const cell of cellsOf(results, ending)) {
      if (cell.state !== 'healthy' || !cell.isUnderRun) continue;
      assert.equal(cell.atEnd, cell.inTheEnd, where(cell));
      assert.is(cell.leftFolders, 0, where(cell));
    }
  });

  test(`${name} ends the program as it does without us`, () => {
    for (const cell of cellsOf(results, ending)) {
      const { code, signal } = cell.result;
      assert.equal([code, signal], [cell.baseline.code, cell.baseline.signal], where(cell));
    }
  });
}

test.run();
