import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ORDERLY_ENDINGS } from './endings.js';
import { type CellResult, cellsOf, runMatrix } from './matrix.js';
import { isAllThere, where } from './verdict.js';

const test = suite('durability/matrix-orderly');

let results: readonly CellResult[] = [];
test.before(async () => {
  results = await runMatrix(ORDERLY_ENDINGS);
});

for (const ending of ORDERLY_ENDINGS) {
  const { name, fatalRecords = 0 } = ending;

  test(`after ${name} every record arrives once, however the collector was`, () => {
    for (const cell of cellsOf(results, ending)) {
      const { severe, rest, duplicates, invented, fatal } = cell.inTheEnd;

      assert.ok(isAllThere(severe) && isAllThere(rest), where(cell));
      assert.is(duplicates + invented, 0, where(cell));
      assert.is(fatal, fatalRecords, where(cell));
    }
  });

  test(`after ${name} nothing is left to a later process where the collector is healthy`, () => {
    for (const cell of cellsOf(results, ending)) {
      assert.is(cell.leftFolders, cell.state === 'healthy' ? 0 : 1, where(cell));
      assert.is(cell.setAsideFiles, 0, where(cell));
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
