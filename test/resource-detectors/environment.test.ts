import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  detectEnvironment,
  parseResourceAttributes,
} from '../../src/resource-detectors/environment.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/environment');

for (const [text, attributes, bad] of [
  ['', {}, []],
  [' , ,', {}, []],
  ['a=b', { a: 'b' }, []],
  [' a = b , c=d ', { a: 'b', c: 'd' }, []],
  ['team=R%26D%2C%20Berlin', { team: 'R&D, Berlin' }, []],
  ['k%3Dey=v', { 'k=ey': 'v' }, []],
  ['token=abc==', { token: 'abc==' }, []],
  ['a=', { a: '' }, []],
  ['a=1,a=2', { a: '2' }, []],
  ['a=b,spam', { a: 'b' }, ['spam']],
  ['done=100%,a=b', { a: 'b' }, ['done=100%']],
  ['=v,a=b', { a: 'b' }, ['=v']],
  ['%ZZ=v,a=b,bad=%E0%A4', { a: 'b' }, ['%ZZ=v', 'bad=%E0%A4']],
] as const) {
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.equal(parseResourceAttributes(text), { attributes, bad });
  });
}

test('reports a key or value above 255 characters and keeps the rest', () => {
  const long = 'x'.repeat(256);

  assert.equal(parseResourceAttributes(`a=${long},${long}=b,c=d,e=${'y'.repeat(255)}`), {
    attributes: { c: 'd', e: 'y'.repeat(255) },
    bad: [`a=${long}`, `${long}=b`],
  });
});

test('a key named __proto__ is an entry like any other', () => {
  const { attributes } = parseResourceAttributes('__proto__=x,a=b');

  assert.equal(Object.entries(attributes), [
    ['__proto__', 'x'],
    ['a', 'b'],
  ]);
});

for (const [env, expected] of [
  [{ OTEL_SERVICE_NAME: 'said' }, 'said'],
  [{ OTEL_SERVICE_NAME: 'said', OTEL_RESOURCE_ATTRIBUTES: 'service.name=listed' }, 'said'],
  [{ OTEL_SERVICE_NAME: ' ', OTEL_RESOURCE_ATTRIBUTES: 'service.name=listed' }, 'listed'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=' }, undefined],
] as const) {
  test(`takes ${expected} as the name in ${JSON.stringify(env)}`, () => {
    assert.is(detectEnvironment(fakeHost({ env }))['service.name'], expected);
  });
}

test.run();
