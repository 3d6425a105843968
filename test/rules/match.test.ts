import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/log-record.js';
import { fields } from '../helpers/log-records.js';
import { callSite, consoleRecord, oneRule } from './rules-of.js';

const test = suite('rules/match');

const CASES: readonly [match: string, record: Partial<LogRecord>, isMatched: boolean][] = [
  ['{}', {}, true],
  ['{ method: log }', {}, true],
  ['{ method: [debug, log] }', {}, true],
  ['{ method: debug }', {}, false],
  ['{ method: log }', { method: undefined }, false],
  ['{ scope: console }', {}, true],
  ['{ scope: [process, winston] }', {}, false],
  ['{ scope: process }', { scope: { name: 'process' } }, true],
  ['{ level: info }', { severityNumber: 9 }, true],
  ['{ level: info }', { severityNumber: 12 }, true],
  ['{ level: info }', { severityNumber: 13 }, false],
  ['{ level: [trace, FATAL] }', { severityNumber: 24 }, true],
  ['{ level: trace }', { severityNumber: 0 }, false],
  ['{ message: failed }', { body: 'Job failed' }, true],
  ['{ message: ^failed }', { body: 'Job failed' }, false],
  ['{ message: /FAILED/i }', { body: 'Job failed' }, true],
  ['{ message: ^Job }', { body: 'Job failed' }, true],
  ['{ message: "^$" }', { body: '' }, true],
  ['{ message: a }', { body: undefined }, false],
  ['{ message: a }', { body: ['a'] }, false],
  ['{ message: end }', { body: `${'x'.repeat(1022)}end` }, false],
  ['{ message: end }', { body: `${'x'.repeat(1000)}end` }, true],
  ['{ attributes: { job: x } }', { attributes: fields({ job: 'x' }) }, true],
  ['{ attributes: { job: x } }', { attributes: fields({ job: 'y' }) }, false],
  ['{ attributes: { job: x } }', {}, false],
  ['{ attributes: { job: 5 } }', { attributes: fields({ job: 5 }) }, true],
  ['{ attributes: { job: 5 } }', { attributes: fields({ job: '5' }) }, true],
  ['{ attributes: { ok: true } }', { attributes: fields({ ok: true }) }, true],
  ['{ attributes: { a: 1, b: 2 } }', { attributes: fields({ a: 1 }) }, false],
  ['{ attributes: { a: "null" } }', { attributes: fields({ a: null }) }, false],
  ['{ method: log, message: a, scope: console }', { body: 'a' }, true],
  ['{ method: warn, message: a, scope: console }', { body: 'a' }, false],
];

for (const [match, described, isMatched] of CASES) {
  const { severityNumber, body, attributes } = described;
  const shown = JSON.stringify({ severityNumber, body, attributes }).slice(0, 80);

  test(`${match} ${isMatched ? 'holds' : 'does not hold'} for ${shown}`, () => {
    const rules = oneRule(`{ match: ${match}, drop: true }`);

    assert.is(rules.apply(consoleRecord(described)), !isMatched);
  });
}

const GLOBS: readonly [glob: string, file: string, isMatched: boolean][] = [
  ['src/workers/**', '/srv/app/src/workers/a/b.js', true],
  ['src/workers/*.js', '/srv/app/src/workers/a/b.js', false],
  ['workers/*.js', '/srv/app/src/workers/b.js', true],
  ['./workers/*.js', '/srv/app/src/workers/b.js', true],
  ['**/b.js', 'file:///srv/app/src/workers/b.js', true],
  ['my app/*.js', 'file:///srv/my%20app/b.js', true],
  ['100%/*.js', 'file:///srv/100%/b.js', true],
  ['/srv/app/**', '/srv/app/src/b.js', true],
  ['/app/**', '/srv/app/src/b.js', false],
  ['{poller,queue}.ts', '/srv/app/queue.ts', true],
  ['[/src/a.js, /src/b.js]', '/src/b.js', true],
  ['node_modules/**', '/srv/node_modules/.pnpm/x/index.js', true],
];

for (const [glob, file, isMatched] of GLOBS) {
  test(`file: ${glob} ${isMatched ? 'holds' : 'does not hold'} for ${file}`, () => {
    const value = glob.startsWith('[') ? glob : JSON.stringify(glob);
    const rules = oneRule(`{ match: { file: ${value} }, drop: true }`, {
      findCallSite: () => callSite(file),
    });

    assert.is(rules.apply(consoleRecord()), !isMatched);
  });
}

test('the call site is looked for once a record, when all else holds, and kept on it', () => {
  let looked = 0;
  const findCallSite = () => {
    looked++;
    return callSite('/src/a.js');
  };
  const rule = (message: string) => `{ match: { file: b.js, message: ${message} }, drop: true }`;
  const rules = oneRule(`${rule('x')}, ${rule('y')}, ${rule('y')}`, { findCallSite });

  rules.apply(consoleRecord({ body: 'z' }));
  assert.is(looked, 0);

  const record = consoleRecord({ body: 'y' });
  rules.apply(record);
  assert.is(looked, 1);
  assert.is(record.callSite?.file, '/src/a.js');
});

test('a call site that is not found is not looked for again, and matches no file', () => {
  let looked = 0;
  const rule = `{ match: { file: '**' }, drop: true }`;
  const rules = oneRule(`${rule}, ${rule}`, {
    findCallSite() {
      looked++;
      return undefined;
    },
  });

  assert.is(rules.apply(consoleRecord()), true);
  assert.is(looked, 1);
});

test('a call site that is known already is not looked for', () => {
  const rules = oneRule(`{ match: { file: a.js }, drop: true }`, {
    findCallSite: () => callSite('/src/other.js'),
  });

  assert.is(rules.apply(consoleRecord({ callSite: callSite('/src/a.js') })), false);
});

test.run();
