import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_PEERS } from '../../src/config/propagation.js';
import { comesFrom } from '../../src/propagation/origin.js';
import { Peers } from '../../src/propagation/peers.js';

const test = suite('propagation/origin');

const peers = new Peers(DEFAULT_PEERS);

for (const remoteAddress of ['127.0.0.1', '::ffff:10.0.0.9', '::1', 'fd00::1']) {
  test(`a connection from ${remoteAddress} is believed`, () => {
    assert.ok(comesFrom(peers, { socket: { remoteAddress }, headers: {} }));
  });
}

for (const socket of [{ remoteAddress: '8.8.8.8' }, { remoteAddress: 'localhost' }, {}, null]) {
  test(`a connection of ${JSON.stringify(socket)} is not, whatever the headers say`, () => {
    const headers = { 'x-forwarded-for': '10.0.0.1', 'x-real-ip': '127.0.0.1', host: 'localhost' };
    assert.not(comesFrom(peers, { socket, headers }));
    assert.not(comesFrom(peers, { socket, headers: {} }));
  });
}

for (const [name, value, isBelieved] of [
  ['x-forwarded-for', '10.0.0.1', true],
  ['x-forwarded-for', '10.0.0.1, [fd00::2]:80, 192.168.0.1:8080', true],
  ['x-forwarded-for', '8.8.8.8', false],
  ['x-forwarded-for', '10.0.0.1, 8.8.8.8:80', false],
  ['x-forwarded-for', 'unknown', false],
  ['x-forwarded-for', '', false],
  ['x-real-ip', '2001:db8::1', false],
  ['cf-connecting-ip', '8.8.8.8', false],
  ['x-envoy-external-address', '8.8.8.8', false],
  ['fly-client-ip', '8.8.8.8', false],
  ['x-azure-clientip', '10.0.0.1', true],
  ['forwarded', 'for=10.0.0.1;proto=http, for="[fd00::2]:4711"', true],
  ['forwarded', 'for=10.0.0.1, For="[2001:db8::17]:4711"', false],
  ['forwarded', 'for=_hidden', false],
  ['forwarded', 'proto=https', true],
] as const) {
  test(`${name}: ${value} from a proxy of ours is ${isBelieved ? '' : 'not '}believed`, () => {
    const request = { socket: { remoteAddress: '10.0.0.2' }, headers: { [name]: value } };
    assert.is(comesFrom(peers, request), isBelieved);
  });
}

test.run();
