import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatMembers, parseMembers } from '../../src/propagation/baggage-members.js';
import { formatTraceParent, parseTraceParent } from '../../src/propagation/trace-parent.js';

const test = suite('propagation/carriers');

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const IDS = { traceId: TRACE, spanId: SPAN, traceFlags: 1 };

const parents: readonly (readonly [text: unknown, ids: unknown])[] = [
  [`00-${TRACE}-${SPAN}-01`, IDS],
  [` 00-${TRACE}-${SPAN}-00 `, { ...IDS, traceFlags: 0 }],
  [`cc-${TRACE}-${SPAN}-01-what-comes`, IDS],
  [`00-${TRACE}-${SPAN}-01-more`, undefined],
  [`ff-${TRACE}-${SPAN}-01`, undefined],
  [`00-${'0'.repeat(32)}-${SPAN}-01`, undefined],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
  [`00-${TRACE.toUpperCase()}-${SPAN}-01`, undefined],
  ['', undefined],
  [undefined, undefined],
  [7, undefined],
];
for (const [text, ids] of parents) {
  test(`${String(text)} is ${ids === undefined ? 'no' : 'a'} traceparent`, () => {
    assert.equal(parseTraceParent(text), ids);
  });
}

test('a traceparent is written in full', () => {
  assert.is(formatTraceParent(IDS), `00-${TRACE}-${SPAN}-01`);
  assert.is(formatTraceParent({ ...IDS, traceFlags: 0 }), `00-${TRACE}-${SPAN}-00`);
});

test('baggage is read as it was written', () => {
  const members = [
    { name: 'job_id', value: 'a, b; c=d "ä" %41 😀', metadata: undefined },
    { name: 'other', value: '', metadata: 'ttl=5;secret' },
  ];

  assert.equal(parseMembers(formatMembers(members)), members);
});

test('baggage has only what can be written', () => {
  const members = [
    { name: 'two words', value: 'x' },
    { name: '', value: 'x' },
    { name: 'half', value: '\ud800' },
    { name: 'long', value: 'x'.repeat(4097) },
    { name: 'good', value: 'x' },
  ];

  assert.is(formatMembers(members), 'good=x');
});

for (const metadata of ['p\r\nx-forged: 1', 'p\u0000', 'p€', 'p,q=1']) {
  test(`properties like ${JSON.stringify(metadata)} are neither written nor read`, () => {
    assert.is(formatMembers([{ name: 'a', value: '1', metadata }]), 'a=1');
    const [member] = parseMembers(`a=1;${metadata}`);
    assert.is(member?.metadata, metadata === 'p,q=1' ? 'p' : undefined);
  });
}

test('baggage is never longer than others take', () => {
  const many = Array.from({ length: 200 }, (_, n) => ({ name: `n${n}`, value: 'x' }));
  const long = Array.from({ length: 5 }, (_, n) => ({ name: `n${n}`, value: 'x'.repeat(3000) }));

  assert.is(formatMembers(many).split(',').length, 64);
  assert.ok(formatMembers(long).length <= 8192);
  assert.is(parseMembers(formatMembers(long)).length, 2);
});

for (const text of [undefined, '', ',,', '=x', 'a', 'a b=c', 'a=%', `a=${'x'.repeat(9000)}`]) {
  test(`nothing is read from the baggage ${String(text).slice(0, 10)}`, () => {
    assert.equal(parseMembers(text), []);
  });
}

test.run();
