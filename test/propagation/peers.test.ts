import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_PEERS } from '../../src/config/propagation.js';
import { parsePeer } from '../../src/propagation/peer-rules.js';
import { Peers } from '../../src/propagation/peers.js';

const test = suite('propagation/peers');

const NEAR =
  'localhost LocalHost app.localhost redis worker-2 worker_2 127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 ' +
  '172.31.255.255 192.168.1.1 ::1 [::1] fd12:3456::1 ::ffff:10.1.2.3 ::ffff:127.0.0.1 api.default.svc ' +
  'api.default.svc. api.default.svc.cluster.local db.internal DB.Internal';
const FAR =
  'api.stripe.com 8.8.8.8 172.15.0.1 172.32.0.1 192.169.1.1 100.64.0.1 169.254.169.254 fe80::1 ' +
  '2001:db8::1 ::ffff:8.8.8.8 10.example.com 127.0.0.1.example.com localhost.example.com ' +
  'internal.example.com svc .internal.com fd.example.com 134744072 0x08080808 0x8.8 8.8 a/b.internal ' +
  'example.com#.internal internal@example.com';

const byDefault = new Peers(DEFAULT_PEERS);
for (const host of NEAR.split(' ')) {
  test(`${host} is one of ours by default`, () => {
    assert.ok(byDefault.allows(host));
    assert.ok(byDefault.allows(host), 'asked again');
  });
}
for (const host of ['', ...FAR.split(' ').filter(host => host !== 'svc')]) {
  test(`"${host}" is a stranger by default`, () => {
    assert.not(byDefault.allows(host));
    assert.not(byDefault.allows(host), 'asked again');
  });
}

for (const [word, allowed, others] of [
  ['*', 'api.stripe.com 8.8.8.8 2001:db8::1', ''],
  ['api.example.com', 'api.example.com API.example.com', 'x.api.example.com api-example.com'],
  ['*.example.com', 'a.example.com a.b.example.com', 'example.com a.example.com.org aexample.com'],
  ['worker-*', 'worker-1 worker-eu.example.com', 'worker xworker-1'],
  ['100.64.0.0/10', '100.64.0.1 100.127.9.9', '100.128.0.1 localhost'],
  ['192.0.2.7', '192.0.2.7 ::ffff:192.0.2.7', '192.0.2.8'],
  ['2001:db8::/32', '2001:db8:1::5', '2001:db9::1'],
  ['[2001:db8::7]', '2001:db8::7', '2001:db8::8'],
  ['loopback', '127.0.0.1 localhost ::1', '10.0.0.1 worker'],
  ['private', '10.0.0.1', '127.0.0.1 worker localhost'],
  ['single-label', 'worker', '10.0.0.1 worker.example.com'],
] as const) {
  test(`${word} means ${allowed}, and not ${others || 'nobody'}`, () => {
    const peers = new Peers([word]);
    for (const host of allowed.split(' ')) assert.ok(peers.allows(host), host);
    for (const host of others.split(' ')) assert.not(peers.allows(host), host);
  });
}

for (const word of [
  '',
  '10.0.',
  '10.0.*',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '::1/129',
  'a..b',
  'a b',
  'http://a',
  'a:80',
  '*.*',
]) {
  test(`"${word}" is no peer`, () => {
    assert.is(parsePeer(word), undefined);
  });
}

test('a name is no address, whatever it is called', () => {
  assert.not(byDefault.allowsAddress('localhost'));
  assert.not(byDefault.allowsAddress('unknown'));
  assert.ok(byDefault.allowsAddress('10.0.0.1'));
  assert.not(byDefault.allowsAddress('8.8.8.8'));
});

test('what is longer than any name or address is nobody', () => {
  const zone = 'a'.repeat(1_000);
  assert.not(byDefault.allows(zone));
  assert.not(byDefault.allowsAddress(`fd00::1%${zone}`));
});

test('more hosts than are remembered are judged alike', () => {
  const peers = new Peers(DEFAULT_PEERS);
  for (let i = 0; i < 2_500; i++) {
    assert.is(peers.allows(`host-${i}.example.com`), false);
    assert.is(peers.allows(`host-${i}`), true);
  }
});

test.run();
