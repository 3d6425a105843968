import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { baggageEntry, mergeBaggage, parseBaggage } from '../../src/propagation/baggage.js';

const test = suite('propagation/baggage');

for (const [header, entries] of [
  ['a=1', { a: '1' }],
  [' a = 1 ;p=2 , b=x%20y%2C%C3%B6', { a: '1', b: 'x y,ö' }],
  ['a=1,a=2', { a: '2' }],
  ['a=b=c', { a: 'b=c' }],
  ['', {}],
  ['a', {}],
  ['a=', {}],
  ['a=%', {}],
  ['a=%0d%0aset-cookie', {}],
  [`a=${'x'.repeat(257)},b=1`, { b: '1' }],
  [`a=${'x'.repeat(256)}`, { a: 'x'.repeat(256) }],
  [`${'a=1,'.repeat(63)}b=2,c=3`, { a: '1', b: '2' }],
  [`a=1,${' '.repeat(8192)},b=2`, { a: '1' }],
] as [string, Record<string, string>][]) {
  test(`${header.slice(0, 40)} (${header.length}) holds ${Object.keys(entries)}`, () => {
    assert.equal(Object.fromEntries(parseBaggage(header)), entries);
  });
}

for (const value of ['plain', 'x y', 'a,b;c=d', 'ö €', '100%', '"q"\\', '😀']) {
  test(`${value} comes back from the header, which holds nothing that ends it`, () => {
    const entry = baggageEntry('key', value)!;
    assert.match(entry, /^key=[\w%.!~*'()-]+$/);
    assert.is(parseBaggage(entry).get('key'), value);
  });
}

for (const value of ['', 'x'.repeat(257), 'a\r\nb', 'a\u0000', '\ud800']) {
  test(`${JSON.stringify(value).slice(0, 20)} is left out`, () => {
    assert.is(baggageEntry('key', value), undefined);
  });
}

for (const [lists, merged] of [
  [['', 'a=1', ''], 'a=1'],
  [['', '', 'b=2'], 'b=2'],
  [['', '', ''], ''],
  [['a=theirs;p', 'a=1,b=2', 'b=3,c=4'], 'a=theirs;p,b=2,c=4'],
  [[' x = 1 ', 'x=2'], ' x = 1 '],
] as [[string, ...string[]], string][]) {
  test(`${JSON.stringify(lists)} become "${merged}"`, () => {
    assert.is(mergeBaggage(...lists), merged);
  });
}

test('what the program sends is never cut, and nothing is added beyond 64 entries', () => {
  const theirs = Array.from({ length: 63 }, (_, i) => `k${i}=v`).join(',');
  assert.is(mergeBaggage(theirs, 'a=1,b=2'), `${theirs},a=1`);
  const more = `${theirs},x=1,y=2`;
  assert.is(mergeBaggage(more, 'a=1'), more);
});

test('nothing is added beyond 8192 bytes, what still fits is', () => {
  const theirs = `k=${'x'.repeat(8185)}`;
  assert.is(mergeBaggage(theirs, 'abc=1,a=1'), `${theirs},a=1`);
});

test.run();
