import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DOCTOR_OPTIONS } from '../../../src/commands/doctor/options.js';
import { REPOSITORY } from '../../helpers/repository.js';

const test = suite('commands/doctor/doctor-documentation');

const folder = join(REPOSITORY, 'src/commands/doctor');
const sources = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'));
const page = readFileSync(join(REPOSITORY, 'docs/doctor.md'), 'utf8');

test('every id of a finding is documented, and no other', () => {
  const made = sources.flatMap(text =>
    [...text.matchAll(/\b(?:ok|warning|failure)\(\s*'([a-z.]+)'/g)].map(([, id]) => id!),
  );
  const [, table = ''] = page.split('| `id` | Says |');
  const documented = [...table.matchAll(/`([a-z.]+)`(?=[,` ][^|]*\|[^|]+\|$)/gm)].map(
    ([, id]) => id!,
  );

  assert.ok(made.length > 40);
  assert.equal(documented.sort(), [...new Set(made)].sort());
});

test('every option is documented', () => {
  for (const [name, option] of Object.entries(DOCTOR_OPTIONS)) {
    const value = 'value' in option ? ` <${option.value}>` : '';
    assert.ok(page.includes(`| \`--${name}${value}\` |`), name);
  }
});

test.run();
