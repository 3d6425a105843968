import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { siteKey, siteOf, toPattern } from '../../src/viewer/call-site.js';

const test = suite('viewer/call-site');

const PATTERNS: readonly (readonly [body: string, pattern: string])[] = [
  ['Job 17 of 3,000 done in 1.5s', 'Job <n> of <n> done in <n>s'],
  ['id 123e4567-e89b-12d3-a456-426614174000', 'id <id>'],
  ['req_123e4567-e89b-12d3-a456-426614174000 ends', 'req_<id> ends'],
  ['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'trace <id>'],
  ['at 0x7fff5fbff8c0', 'at <id>'],
  ['deadbeef defaced', 'deadbeef defaced'],
  ['Error: boom\n    at main.js:3', 'Error: boom'],
  ['x'.repeat(500), 'x'.repeat(200)],
  ['', ''],
];

for (const [body, pattern] of PATTERNS) {
  test(`${JSON.stringify(body.slice(0, 40))} counts as ${JSON.stringify(pattern.slice(0, 40))}`, () => {
    assert.is(toPattern(body), pattern);
  });
}

const described = { body: 'Job 17', severityText: 'INFO' };
const at = { 'code.file.path': 'src/a.js', 'code.line.number': 3, 'code.function.name': 'run' };

test('a record that says where it was logged counts there, whatever it says', () => {
  const one = siteOf({ ...described, attributes: at });
  const other = siteOf({ ...described, body: 'another', attributes: at });

  assert.equal(one, {
    file: 'src/a.js',
    line: 3,
    functionName: 'run',
    pattern: 'Job <n>',
    severityText: 'INFO',
  });
  assert.is(siteKey(one), siteKey(other));
  assert.is.not(siteKey(one), siteKey({ ...one, line: 4 }));
  assert.is.not(siteKey(one), siteKey({ ...one, severityText: 'WARN' }));
});

test('else its template counts, and else its pattern', () => {
  const template = siteOf({ ...described, attributes: { 'log.template': 'Job %d' } });
  const pattern = siteOf({ ...described, attributes: {} });

  assert.equal([template.file, template.line, template.pattern], [null, null, 'Job %d']);
  assert.is(pattern.pattern, 'Job <n>');
  assert.is(siteKey(pattern), siteKey(siteOf({ ...described, body: 'Job 18', attributes: {} })));
});

test.run();
