import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogContext } from '../../src/context/log-context.js';
import { mergeBaggage } from '../../src/propagation/merge-baggage.js';
import { Propagation } from '../../src/propagation/propagation.js';

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
  [`a=1,${' '.repeat(8184)}b=22`, { a: '1' }],
] as [string, Record<string, string>][]) {
  test(`${header.slice(0, 40)} (${header.length}) holds ${Object.keys(entries)}`, () => {
    assert.equal(received(header, Object.keys(entries)), entries);
  });
}

for (const value of ['plain', 'x y', 'a,b;c=d', 'ö €', '100%', '"q"\\', '😀']) {
  test(`${value} comes back from the header, which holds nothing that ends it`, () => {
    const header = sent({ key: value })!;
    assert.match(header, /^key=[\w%.!~*'()-]+$/);
    assert.equal(received(header), { key: value });
  });
}

for (const value of ['', 'x'.repeat(257), 'a\r\nb', 'a\u0000', '\ud800']) {
  test(`${JSON.stringify(value).slice(0, 20)} is left out`, () => {
    assert.is(sent({ key: value }), undefined);
    assert.is(sent({ key: value, b: 1 }), 'b=1');
  });
}

for (const [lists, merged] of [
  [['', 'a=1', ''], 'a=1'],
  [['', '', 'b=2'], 'b=2'],
  [['', '', ''], ''],
  [['a=theirs;p', 'a=1,b=2', 'b=3,c=4'], 'a=theirs;p,b=2,c=4'],
  [[' x = 1 ', 'x=2'], ' x = 1 '],
  [['a=ö', 'b=1;p\r\nx-forged: 1,c=€,d=4'], 'a=ö,d=4'],
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

const KEYS = ['a', 'b', 'c', 'key'];

function received(baggage: string, keys = KEYS): unknown {
  const propagation = new Propagation({ keys, peers: ['loopback'] }, new LogContext());
  return propagation.fieldsOf({ headers: { baggage }, socket: { remoteAddress: '127.0.0.1' } });
}

/** The header of a request made with these fields bound. */
function sent(fields: object): string | undefined {
  const context = new LogContext();
  const propagation = new Propagation({ keys: KEYS, peers: ['loopback'] }, context);
  const headers = new Map<string, string>();
  const request = {
    host: 'localhost',
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string) => headers.set(name, value),
  };
  context.runWith(fields, () => propagation.toRequest(request));
  return headers.get('baggage');
}

test.run();
