import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogValue } from '../../src/log-record.js';
import { fields, logRecord } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';
import { TOKENS } from './corpus.js';
import { LOOK_ALIKES } from './look-alikes.js';
import { redacted } from './redacted.js';

const test = suite('redaction/cut-and-paired');
const redaction = createRedaction();

function leftOfCut(text: string): { body: unknown; attribute: unknown } {
  const record = logRecord({ body: text, attributes: fields({ a: text }), isTruncated: true });
  redaction.record(record);
  return { body: record.body, attribute: record.attributes!.values[0] };
}

for (const [what, token] of TOKENS) {
  test(`${what} is replaced wherever it was cut`, () => {
    const begin = Math.max(token.search(/\d/), token.lastIndexOf('_', 12), 6) + 6;
    for (let length = begin; length < token.length; length++) {
      const left = leftOfCut(`used "${token.slice(0, length)}`).body as string;
      assert.match(left, /^used "\[REDACTED(:.{4})?\]\.?$/, `${length}: ${left}`);
    }
  });
}

for (const [text, left] of [
  ['to postgres://application:verySecre', 'to postgres://application:[REDACTED]'],
  ['https://u:p%40s', 'https://u:[REDACTED]'],
  ['https://h/ redis://:x', 'https://h/ redis://:[REDACTED]'],
  ['got Bearer Zq7Rk2', 'got Bearer [REDACTED]'],
  [
    `${['https://hooks.sla', 'ck.com/services/T0/B0/'].join('')}Zq7`,
    `${['https://hooks.sla', 'ck.com/services/T0/B0/'].join('')}[REDACTED]`,
  ],
  // These have no end either, and are none.
  ['listens on http://localhost:8080', 'listens on http://localhost:8080'],
  ['see http://localhost:80', 'see http://localhost:80'],
  ['at file:///srv/app:', 'at file:///srv/app:'],
  ['Bearer of', 'Bearer of'],
  ['task-0123456789', 'task-0123456789'],
] as const) {
  test(`${text}, cut, leaves ${left}`, () => {
    assert.equal(leftOfCut(text), { body: left, attribute: left });
    assert.is(redaction.text(text), text, 'not cut');
  });
}

test('what is no secret stays where it is cut, too', () => {
  const changed = LOOK_ALIKES.filter(text => leftOfCut(text).body !== text);
  // No one can tell these from the beginning of a secret.
  const alike = (text: string) => /(?:^|[ /:])(?:eyJ|\$|sk-|AKIA|ghp_|hf_)|pass/.test(text);
  assert.equal(
    changed.filter(text => !alike(text)),
    [],
  );
});

const HEADERS = ['Host', 'localhost:3000', 'Cookie', 'sid=abc', 'X-Api-Key', '0a1b2c'];
const LISTS: readonly (readonly [list: readonly LogValue[], left: readonly LogValue[]])[] = [
  [
    ['password', 'hunter2xyz!9'],
    ['password', '[REDACTED]'],
  ],
  [HEADERS, ['Host', 'localhost:3000', 'Cookie', '[REDACTED]', 'X-Api-Key', '[REDACTED]']],
  [
    ['Authorization', 'Bearer abcdef'],
    ['Authorization', '[REDACTED]'],
  ],
  [
    [['token', 'abc123'], 'x'],
    [['token', '[REDACTED]'], 'x'],
  ],
];
const SAME: readonly (readonly LogValue[])[] = [
  ['password', 'email'],
  ['username', 'password', 'confirmPassword', 'password2'],
  ['password', 'is required'],
  ['cookie', 'is required'],
  ['id', 'password', 'a1b2c3'],
  ['a1b2', 'token', 'c3d4', 'e5f6'],
  ['password', 1, 'token', true],
  ['card', '4111-1'],
  ['password', '!!'],
];

for (const [list, left] of [...LISTS, ...SAME.map(same => [same, same] as const)]) {
  test(`${JSON.stringify(list)} becomes ${left === list ? 'nothing else' : JSON.stringify(left)}`, () => {
    const copy = structuredClone(list) as LogValue;
    assert.equal(redacted({ list: copy }), { list: left });
  });
}

test.run();
