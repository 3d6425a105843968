import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFilter } from '../../../src/viewer/filter/parse-filter.js';

const test = suite('viewer/filter/parse-filter');

const text = (phrase: string, isExcluded = false) => ({ kind: 'text', phrase, isExcluded });
const is = (path: string, wanted: string, isExcluded = false) => ({
  kind: 'attribute',
  path,
  test: { operator: 'is', text: wanted },
  isExcluded,
});

const FILTERS: readonly (readonly [source: string, terms: readonly unknown[]])[] = [
  ['', []],
  ['  \n\t', []],
  ['--- !? ""', []],
  ['job', [text('job')]],
  ['Job failed', [text('job'), text('failed')]],
  ['"Job failed" -now', [text('job failed'), text('now', true)]],
  ['-"two words"', [text('two words', true)]],
  ['"not closed', [text('not closed')]],
  ['"a \\"b\\" c"', [text('a b c')]],
  ['job-17', [text('job 17')]],
  ['Error: boom', [text('error'), text('boom')]],
  ['https://example.com/a', [text('https example com a')]],
  ['C:\\temp', [text('c temp')]],
  ['12:30', [text('12 30')]],
  ['severity:warn', [{ kind: 'severity', least: 13, most: 16, isExcluded: false }]],
  ['severity:WARNING', [{ kind: 'severity', least: 13, most: 16, isExcluded: false }]],
  ['severity:>=warn', [{ kind: 'severity', least: 13, most: 24, isExcluded: false }]],
  ['-severity:<17', [{ kind: 'severity', least: 1, most: 16, isExcluded: true }]],
  ['severity:=12', [{ kind: 'severity', least: 12, most: 12, isExcluded: false }]],
  ['severity:loud', [text('severity loud')]],
  ['severity:constructor', [text('severity constructor')]],
  ['service:"My Api"', [{ kind: 'service', value: 'my api', isExcluded: false }]],
  ['trace:4BF9', [{ kind: 'trace', value: '4bf9', isExcluded: false }]],
  ['job_id:Job-17', [is('job_id', 'job-17')]],
  ['-a.b:"x y"', [is('a.b', 'x y', true)]],
  ['url:"http://x"', [is('url', 'http://x')]],
  [
    'Status:>=500',
    [{ kind: 'number', path: 'status', operator: '>=', number: 500, isExcluded: false }],
  ],
  ['status:">=500"', [is('status', '>=500')]],
  ['a:*', [{ kind: 'attribute', path: 'a', test: { operator: 'exists' }, isExcluded: false }]],
];

for (const [source, terms] of FILTERS) {
  test(`${JSON.stringify(source)} is read as ${terms.length} terms`, () => {
    assert.equal(parseFilter(source), terms);
  });
}

test('nothing that can be typed throws, and no more terms are read than can be asked', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('-', ':', '"', '\\', 'severity:', '>=', ' ', 'a:'),
  );
  const typed = fc.array(piece, { maxLength: 80 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(typed, source => {
      assert.ok(parseFilter(source).length <= 32);
    }),
    { numRuns: 1000 },
  );
});

test('a long filter is read in time that grows with its length', () => {
  for (const unit of ['-', '"', '\\', 'a:', ' ', 'a', '" -a:"\\']) {
    const start = performance.now();
    parseFilter(unit.repeat(1_000_000));
    assert.ok(performance.now() - start < 1000, unit);
  }
});

test.run();
