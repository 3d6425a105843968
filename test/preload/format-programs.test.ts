import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { type FormattedRun, parseLines, runFormatted } from './formatted-output.js';
import { OUTPUT_PROGRAMS, programName } from './output-programs.js';

const test = suite('preload/format-programs');

/** What they print goes elsewhere, comes from no console, or depends on what was printed before. */
const OTHERWISE_PRINTED = [
  'console/instances.cjs',
  'console/replaced.cjs',
  'console/stdout-ended.cjs',
  'console/throwing-stream.cjs',
  'console/wrapped.cjs',
];

const programs = OUTPUT_PROGRAMS.filter(
  ({ script, nodeArgs }) =>
    // Nothing can be formatted where the console was frozen before we came.
    !OTHERWISE_PRINTED.includes(script) && !nodeArgs?.includes('--frozen-intrinsics'),
);

for (const program of programs) {
  test(`${programName(program)} prints one line of JSON for each of the same records`, async () => {
    const { script, ...others } = program;
    // Where its built-ins are broken, Node tells of coverage that it cannot write.
    const isBroken = script.includes('broken-builtins');
    const env = isBroken ? { ...others.env, NODE_V8_COVERAGE: '' } : others.env;
    const options = { ...others, ...(env && { env }) };

    const [plain, json] = await Promise.all([
      runFormatted(script, undefined, options),
      runFormatted(script, 'json', options),
    ]);

    assert.equal([json.code, json.signal], [plain.code, plain.signal]);
    assert.equal(json.records.map(comparable), plain.records.map(comparable));
    assertLines(json, 'stdout');
    assertLines(json, 'stderr');
  });
}

// A line that was JSON before has the words of the program.
function assertLines(run: FormattedRun, stream: 'stdout' | 'stderr'): void {
  const lines = parseLines(run[stream].toString());
  const records = run.records.filter(({ attributes }) => attributes['log.iostream'] === stream);

  assert.is(lines.length, records.length);
  assert.equal(
    lines.filter(isOurs).map(({ level, message }) => [level, message]),
    records
      .filter((_, index) => isOurs(lines[index]!))
      .map(({ severityText, body }) => [severityText.toLowerCase(), body]),
  );
}

function isOurs(line: object): boolean {
  return 'timestamp' in line;
}

// Process ids and durations differ between any two runs; who made a call that is recorded late is only
// known where it is recorded as it prints.
function comparable({ severityText, body, attributes }: ReceivedLog): unknown[] {
  const text = String(body)
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .replaceAll(/: \d+(?:\.\d+)?(?:ms|s)\b/g, ': DURATION');
  return [severityText, text, Object.keys(attributes).filter(key => !key.startsWith('code.'))];
}

test.run();
