import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';
import { consolePage } from './console-page.js';
import { runShapes } from './console-shape-program.js';
import { SHAPES } from './console-shapes.js';

const test = suite('preload/console-table');

const seen = await runShapes(SHAPES);

for (const [
  index,
  { call, severity = 'INFO', body, attributes = {}, exception },
] of SHAPES.entries()) {
  test(`${call} becomes the record of the table`, () => {
    assert.equal(seen[index]!.record, { severity, body, attributes, exception });
  });
}

for (const [index, { call, unsaid = [] }] of SHAPES.entries()) {
  test(`every word that ${call} prints is in its record`, () => {
    assert.equal(seen[index]!.unsaid, unsaid);
  });
}

test('docs/console.md shows this table', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/console.md'), 'utf8');
  assert.ok(page === consolePage(), 'Run "node scripts/console-table.mjs".');
});

test.run();
