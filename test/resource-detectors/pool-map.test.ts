import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parsePoolMap, poolOfHostName } from '../../src/resource-detectors/pool-map.js';

const test = suite('resource-detectors/pool-map');

for (const [pattern, name, fits] of [
  ['gpu-*', 'gpu-1', true],
  ['gpu-*', 'gpu-', true],
  ['gpu-*', 'my-gpu-1', false],
  ['*-gpu', 'box-gpu', true],
  ['*-gpu', 'box-gpu-1', false],
  ['*', 'anything', true],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['exact', 'exact', true],
  ['exact', 'exactly', false],
  ['a.c', 'abc', false],
  ['GPU-*', 'gpu-1', true],
] as const) {
  test(`${pattern} ${fits ? 'fits' : 'does not fit'} ${name}`, () => {
    const { rules } = parsePoolMap(`${pattern}=pool`);

    assert.is(poolOfHostName(name, rules), fits ? 'pool' : undefined);
  });
}

test('the first rule that fits wins', () => {
  const { rules } = parsePoolMap('gpu-heavy-*=heavy, gpu-*=standard');

  assert.is(poolOfHostName('gpu-heavy-1', rules), 'heavy');
  assert.is(poolOfHostName('gpu-1', rules), 'standard');
});

test('keeps the good rules and reports the bad ones', () => {
  const { rules, bad } = parsePoolMap('a-*=one,nonsense,=two,b-*=,c=d=e,,f-*=three');

  assert.equal(rules, [
    { pattern: 'a-*', pool: 'one' },
    { pattern: 'f-*', pool: 'three' },
  ]);
  assert.equal(bad, ['nonsense', '=two', 'b-*=', 'c=d=e']);
});

test('a pattern of many stars is decided at once', () => {
  const { rules } = parsePoolMap(`${'a*'.repeat(200)}b=pool`);
  const before = performance.now();

  assert.is(poolOfHostName('a'.repeat(10_000), rules), undefined);
  assert.ok(performance.now() - before < 200);
});

test.run();
