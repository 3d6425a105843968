import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REPOSITORY } from '../helpers/repository.js';
import { runFormatted } from './formatted-output.js';

const test = suite('preload/format-docs');

const page = readFileSync(join(REPOSITORY, 'docs/output.md'), 'utf8');
const [program, json, human] = [...page.matchAll(/```(?:js|json)?\n([\s\S]*?)```\n/g)].map(
  ([, text]) => text!,
);

for (const [format, shown] of [
  ['json', json],
  ['console', human],
] as const) {
  test(`docs/output.md shows what ${format} prints`, async () => {
    // Both streams into one, in the order of the calls.
    const both = `console._stderr = process.stdout;\n${program}`;
    const { out } = await runFormatted(both, format, { env: { OTEL_SERVICE_NAME: 'worker' } });

    assert.is(timeless(out), timeless(shown!));
  });
}

function timeless(text: string): string {
  return (
    text
      .replaceAll(/"timestamp":"[^"]+"/g, '"timestamp":""')
      // The program has no file here.
      .replaceAll(/"code.file.path":"[^"]+"/g, '"code.file.path":""')
      .replaceAll(/^\d\d:\d\d:\d\d\.\d{3}/gm, 'TIME')
  );
}

test.run();
