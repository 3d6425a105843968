import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf } from '../helpers/collector.js';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

const test = suite('preload/call-sites-mapped');

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'otel-register-mapped-')));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const SOURCE = `
interface Job { readonly name: string }

function describeJob(job: Job): string {
  return job.name;
}

function reportFailure(job: Job): void {
  console.error(describeJob(job));
}

reportFailure({ name: 'first' });
reportFailure({ name: 'second' });
`;
const CALL = SOURCE.split('\n').findIndex(line => line.includes('console.error')) + 1;
const COLUMN = SOURCE.split('\n')[CALL - 1]!.indexOf('error') + 1;

// What is called what stays.
const MINIFIED = { minifyWhitespace: true, minifySyntax: true } as const;

function compile(format: 'cjs' | 'esm', map: 'linked' | 'inline'): string {
  const source = join(folder, 'src/job.ts');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(source, SOURCE);
  const outfile = join(folder, `${map}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  buildSync({ entryPoints: [source], outfile, format, sourcemap: map, ...MINIFIED });
  return outfile;
}

async function placesOf(script: string, nodeArgs: readonly string[]): Promise<unknown[]> {
  const collector = await createReceiver();
  try {
    const { code, stderr } = await runNode({ script, nodeArgs, env: endpointOf(collector) });
    assert.is(code, 0, stderr.toString());
    return collector.records.map(({ attributes }) => [
      attributes['code.file.path'],
      attributes['code.line.number'],
      attributes['code.column.number'],
      attributes['code.function.name'],
    ]);
  } finally {
    await collector.close();
  }
}

const ORIGINAL = [join(folder, 'src/job.ts'), CALL, COLUMN, 'reportFailure'];

for (const format of ['cjs', 'esm'] as const) {
  for (const map of ['linked', 'inline'] as const) {
    test(`with --enable-source-maps, ${format} with its map ${map} is traced to its source`, async () => {
      const places = await placesOf(compile(format, map), ['--enable-source-maps']);

      assert.equal(places, [ORIGINAL, ORIGINAL]);
    });
  }
}

test('without it the line is that of what runs', async () => {
  const script = compile('cjs', 'linked');

  const [[file, line]] = (await placesOf(script, [])) as [unknown[]];

  assert.equal([file, line], [script, 1]);
});

test('process.setSourceMapsEnabled() is followed from there on', async () => {
  const script = join(folder, 'enables.cjs');
  const compiled = compile('cjs', 'linked');
  writeFileSync(
    script,
    `process.setSourceMapsEnabled(true); require(${JSON.stringify(compiled)});`,
  );

  assert.equal(await placesOf(script, []), [ORIGINAL, ORIGINAL]);
});

for (const [what, content] of [
  ['no map', '{'],
  ['a map without mappings', '{"version":3,"sources":["x.ts"],"names":[],"mappings":""}'],
] as const) {
  test(`where the file named as a map is ${what}, the line is that of what runs`, async () => {
    const script = join(folder, 'strange.cjs');
    writeFileSync(script, "\nconsole.error('x');\n//# sourceMappingURL=strange.map\n");
    writeFileSync(join(folder, 'strange.map'), content);

    const places = await placesOf(script, ['--enable-source-maps']);

    assert.equal(places, [[script, 2, 9, undefined]]);
  });
}

if (NODE_MAJOR >= 24) {
  test('types that Node strips leave every line where it was', async () => {
    compile('cjs', 'linked');

    const places = await placesOf(join(folder, 'src/job.ts'), []);

    assert.equal(places, [ORIGINAL, ORIGINAL]);
  });
}

test.run();
