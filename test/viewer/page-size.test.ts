import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';

const test = suite('viewer/page-size');

const MAX_BYTES = 150_000;
const FOLDER = join(REPOSITORY, 'dist/viewer');
const files = readdirSync(FOLDER).sort();

test(`the page is three files of at most ${MAX_BYTES} bytes`, () => {
  const bytes = files.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0);

  assert.equal(files, ['page.css', 'page.html', 'page.js']);
  assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`);
});

test('nothing in it runs, styles or loads what a strict policy forbids', () => {
  const html = readFileSync(join(FOLDER, 'page.html'), 'utf8');
  const css = readFileSync(join(FOLDER, 'page.css'), 'utf8');

  assert.not.match(html, /<style|<script(?![^>]* src="\/)|\son\w+=|style=|https?:/);
  assert.not.match(css, /@import|url\(/);
});

test.run();
