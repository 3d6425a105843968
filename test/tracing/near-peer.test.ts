import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isNearPeer, setterFor } from '../../src/tracing/near-peer.js';

const test = suite('tracing/near-peer');

const NEAR =
  'localhost redis worker-2 127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 ' +
  '::1 fd12:3456::1 fe80::1 api.default.svc api.default.svc.cluster.local db.internal printer.local';
const FAR =
  'api.stripe.com 8.8.8.8 172.15.0.1 172.32.0.1 192.169.1.1 100.64.0.1 2001:db8::1 10.example.com ' +
  '127.0.0.1.example.com localhost.example.com internal.example.com fd.example.com';

for (const host of NEAR.split(' ')) {
  test(`${host} gets baggage`, () => {
    assert.ok(isNearPeer(host));
  });
}
for (const host of ['', ...FAR.split(' ')]) {
  test(`"${host}" gets none`, () => {
    assert.not(isNearPeer(host));
  });
}

test('whoever gets no baggage gets the rest', () => {
  const sent: string[] = [];
  const set = (_: unknown, name: string) => void sent.push(name);

  for (const name of ['traceparent', 'baggage']) setterFor('example.com', set).set({}, name, '');
  for (const name of ['traceparent', 'baggage']) setterFor('localhost', set).set({}, name, '');

  assert.equal(sent, ['traceparent', 'traceparent', 'baggage']);
});

test.run();
